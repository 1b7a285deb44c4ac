//! What an engine and its programs keep once all outcomes are dropped, counted: no more than the cache of programs may hold, and
//! nothing once the engine is dropped. On eight threads, with programs that search. What a thread keeps that compiles is bounded too.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::thread;

use peak_alloc::PeakAlloc;
use selvedge::{CacheSize, Engine, Inputs, Limits, Program, Schema};

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const THREADS: usize = 8;

/// Patterns that differ, of every kind: many states, wide sets, groups, assertions.
fn sources() -> Vec<String> {
    let mut sources = Vec::new();
    for number in 0..40 {
        for pattern in [
            format!("[ab]*a[ab]{{{}}}c", 8 + number),
            format!("(\\\\S*)(\\\\s*){number}"),
            format!("(?m)^(.*)${number}"),
            format!("\\\\p{{L}}{{{}}}[^\\\\p{{Lu}}x]", 1 + number),
            format!("(?:(a)|(b)|(c)|(d))+{number}"),
            format!("\\\\b(?iu:wort{number})\\\\b"),
        ] {
            sources.push(format!(
                "return p.replaceAll('{pattern}', '$0').length() + p.split('{pattern}').length;"
            ));
        }
    }
    sources
}

fn evaluate(program: &Program, inputs: &Inputs) {
    drop(program.evaluate(inputs));
}

/// What is held above the start with the programs dropped, and with the engine dropped as well.
fn measure(size: CacheSize) -> (usize, usize) {
    let (sources, schema) = (sources(), Schema::new().with("p", selvedge::Type::String));
    let inputs = Inputs::new().with("p", "abba c grün Wort1\n".repeat(60).as_str());
    let start = HEAP.current_usage();
    let limits = Limits::default().steps(200_000);
    let engine = Engine::builder().cache(size).limits(limits).build();
    let programs: Vec<Program> = sources
        .iter()
        .map(|source| engine.compile(source, &schema).unwrap())
        .collect();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|_| scope.spawn(|| programs.iter().for_each(|program| evaluate(program, &inputs))))
            .collect();
        // A scope ends before its threads have: what they hold themselves is freed once they are joined.
        for thread in threads {
            thread.join().unwrap();
        }
    });
    drop(programs);
    let kept = HEAP.current_usage().saturating_sub(start);
    drop(engine);
    (kept, HEAP.current_usage().saturating_sub(start))
}

/// What a thread keeps that compiled programs of all sizes without a cache, and what is left once it has ended.
fn measure_compiling() -> (usize, usize) {
    let start = HEAP.current_usage();
    let compile = move || {
        let limits = Limits::default().source_length(1 << 20);
        let engine = Engine::builder().cache(CacheSize::OFF);
        let engine = engine.limits(limits).build();
        for statements in (0..10).map(|power| 1 << power).chain([1]) {
            let body = "if (a < 10 && b != 'x') { a += b.length() * 2; } ".repeat(statements);
            let source = format!("int a = 1; String b = 'b'; {body} return a;");
            engine.compile(&source, &Schema::new()).unwrap();
        }
        drop(engine);
        HEAP.current_usage().saturating_sub(start)
    };
    let kept = thread::spawn(compile).join().unwrap();
    (kept, HEAP.current_usage().saturating_sub(start))
}

/// One test, so that nothing else takes memory meanwhile.
#[test]
fn an_engine_keeps_what_its_cache_may_hold() {
    // What threads and libraries set up once in a process is not part of it.
    measure(CacheSize::default());
    measure_compiling();
    let (kept, left) = measure_compiling();
    println!("a thread that compiled: {kept} kept, {left} left without the thread");
    // Five kinds of buffers of 16 KiB, and the thread's own names.
    assert!(kept <= 5 * 16 * 1024 + 4096, "{kept} kept by a thread");
    assert_eq!(left, 0, "by a thread that has ended");
    for bytes in [0, 64 << 10, 256 << 10, 1 << 20, 16 << 20] {
        let size = CacheSize::default().bytes(bytes);
        let (kept, left) = measure(size);
        println!("a cache of {bytes} bytes: {kept} kept, {left} left without the engine");
        // The engine itself: its settings and the table without entries.
        assert!(kept <= bytes + 4096, "a cache of {bytes} bytes, {kept} kept");
        assert_eq!(left, 0, "a cache of {bytes} bytes");
    }
}
