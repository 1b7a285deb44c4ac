(module
  (memory 1 16)
  (func (export "run") (param $n i32) (result i64)
    (local $count i64) (local $i i32) (local $j i32)
    (memory.fill (i32.const 0) (i32.const 0) (local.get $n))
    (local.set $i (i32.const 2))
    (loop $is
      (if (i32.eqz (i32.load8_u (local.get $i)))
        (then
          (local.set $count (i64.add (local.get $count) (i64.const 1)))
          (local.set $j (i32.mul (local.get $i) (local.get $i)))
          (if (i32.lt_u (local.get $j) (local.get $n))
            (then
              (loop $js
                (i32.store8 (local.get $j) (i32.const 1))
                (br_if $js (i32.lt_u (local.tee $j (i32.add (local.get $j) (local.get $i))) (local.get $n))))))))
      (br_if $is (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.get $count)))
