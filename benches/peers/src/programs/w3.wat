(module
  (func (export "run") (param $n i64) (result i64)
    (local $m i64) (local $i i64) (local $j i64) (local $k i64)
    (loop $is
      (local.set $j (i64.const 0))
      (loop $js
        (local.set $k (i64.const 0))
        (loop $ks
          (local.set $m (i64.add (local.get $m) (i64.const 1)))
          (br_if $ks (i64.lt_s (local.tee $k (i64.add (local.get $k) (i64.const 1))) (local.get $n))))
        (br_if $js (i64.lt_s (local.tee $j (i64.add (local.get $j) (i64.const 1))) (local.get $n))))
      (br_if $is (i64.lt_s (local.tee $i (i64.add (local.get $i) (i64.const 1))) (local.get $n))))
    (local.get $m)))
