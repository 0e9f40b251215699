// SPDX-FileCopyrightText: 2026 The nanoasync authors
// SPDX-License-Identifier: MIT
//! The benchmark cases on Rust's futures without a crate: boxed tasks, a
//! first-in-first-out queue of task numbers, and std's BinaryHeap for timers.
//! Not a library: who wakes a task pushes its number; the Waker does nothing.
use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::future::Future;
use std::hint::black_box;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

type Boxed = Pin<Box<dyn Future<Output = ()>>>;

struct Bench {
    left: Cell<u64>,
    operations: Cell<u64>,
    start: Cell<u64>,
    seed: Cell<u32>,
}

#[derive(Default)]
struct Executor {
    ready: RefCell<VecDeque<usize>>,
    timers: RefCell<BinaryHeap<Reverse<(u64, usize)>>>,
    now: Cell<u64>,
    current: Cell<usize>,
    tasks: RefCell<Vec<Option<Boxed>>>,
    free: RefCell<Vec<usize>>,
}

thread_local! {
    static BENCH: Bench = const { Bench {
        left: Cell::new(0), operations: Cell::new(0), start: Cell::new(0),
        seed: Cell::new(1) } };
    static EXECUTOR: Executor = Executor::default();
}

#[repr(C)]
struct Timespec {
    seconds: i64,
    nanoseconds: i64,
}

extern "C" {
    fn clock_gettime(clock: i32, now: *mut Timespec) -> i32;
}

/// The clock of bench.h, which Rust's library does not have. For 64-bit Linux.
fn processor_time() -> u64 {
    const CLOCK_PROCESS_CPUTIME_ID: i32 = 2;
    let mut now = Timespec { seconds: 0, nanoseconds: 0 };
    unsafe { clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &mut now) };
    now.seconds as u64 * 1_000_000_000 + now.nanoseconds as u64
}

#[cold]
#[inline(never)]
fn event(bench: &Bench) {
    let now = processor_time();
    if bench.start.get() != 0 {
        let nanoseconds = (now - bench.start.get()) as f64;
        println!("{:.3}", nanoseconds / bench.operations.get() as f64);
        std::process::exit(0);
    }
    bench.left.set(bench.operations.get());
    bench.start.set(processor_time());
}

#[inline(always)]
fn tick() {
    BENCH.with(|bench| {
        bench.left.set(bench.left.get() - 1);
        if bench.left.get() == 0 {
            event(bench);
        }
    })
}

fn random() -> u32 {
    BENCH.with(|bench| {
        let seed = bench.seed.get().wrapping_mul(1664525).wrapping_add(1013904223);
        bench.seed.set(seed);
        seed >> 8
    })
}

fn shuffled(n: u32) -> Vec<u32> {
    let mut numbers: Vec<u32> = (1..=n).collect();
    for i in (2..=n as usize).rev() {
        let j = random() as usize % i;
        numbers.swap(j, i - 1);
    }
    numbers
}

/// Suspends once, after `wake` has arranged for the task to run again.
struct Suspend<F: FnOnce(&Executor)> {
    wake: Option<F>,
}

impl<F: FnOnce(&Executor) + Unpin> Future for Suspend<F> {
    type Output = ();
    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        match self.wake.take() {
            None => Poll::Ready(()),
            Some(wake) => {
                EXECUTOR.with(wake);
                Poll::Pending
            }
        }
    }
}

#[inline]
fn pause() -> impl Future<Output = ()> {
    Suspend {
        wake: Some(|executor: &Executor| {
            executor.ready.borrow_mut().push_back(executor.current.get())
        }),
    }
}

#[inline]
fn sleep(ticks: u32) -> impl Future<Output = ()> {
    Suspend {
        wake: Some(move |executor: &Executor| {
            let when = executor.now.get() + u64::from(ticks);
            executor.timers.borrow_mut().push(Reverse((when, executor.current.get())))
        }),
    }
}

fn spawn(future: impl Future<Output = ()> + 'static) {
    EXECUTOR.with(|executor| {
        let boxed: Boxed = Box::pin(future);
        let id = match executor.free.borrow_mut().pop() {
            Some(id) => {
                executor.tasks.borrow_mut()[id] = Some(boxed);
                id
            }
            None => {
                executor.tasks.borrow_mut().push(Some(boxed));
                executor.tasks.borrow().len() - 1
            }
        };
        executor.ready.borrow_mut().push_back(id);
    })
}

/// What a task's creator waits for.
#[derive(Default)]
struct End {
    done: Cell<bool>,
    waiter: Cell<Option<usize>>,
}

struct Join(Rc<End>);

impl Future for Join {
    type Output = ();
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0.done.get() {
            return Poll::Ready(());
        }
        EXECUTOR.with(|executor| self.0.waiter.set(Some(executor.current.get())));
        Poll::Pending
    }
}

fn create_task(future: impl Future<Output = ()> + 'static) -> Join {
    let end = Rc::new(End::default());
    let inside = end.clone();
    spawn(async move {
        future.await;
        inside.done.set(true);
        if let Some(waiter) = inside.waiter.get() {
            EXECUTOR.with(|executor| executor.ready.borrow_mut().push_back(waiter));
        }
    });
    Join(end)
}

fn raw_waker() -> RawWaker {
    fn clone(_: *const ()) -> RawWaker {
        raw_waker()
    }
    fn nothing(_: *const ()) {}
    static TABLE: RawWakerVTable = RawWakerVTable::new(clone, nothing, nothing, nothing);
    RawWaker::new(std::ptr::null(), &TABLE)
}

fn run_forever() {
    let waker = unsafe { Waker::from_raw(raw_waker()) };
    let mut context = Context::from_waker(&waker);
    EXECUTOR.with(|executor| loop {
        let next = executor.ready.borrow_mut().pop_front();
        let id = match next {
            Some(id) => id,
            None => {
                let Reverse((when, id)) = executor.timers.borrow_mut().pop().unwrap();
                executor.now.set(when);
                id
            }
        };
        executor.current.set(id);
        // Taken out while it runs: it may create tasks.
        let mut task = executor.tasks.borrow_mut()[id].take().unwrap();
        match task.as_mut().poll(&mut context) {
            Poll::Pending => executor.tasks.borrow_mut()[id] = Some(task),
            Poll::Ready(()) => executor.free.borrow_mut().push(id),
        }
    })
}

async fn worker() {
    loop {
        tick();
        pause().await;
    }
}

/// The compiler puts it into its caller: what it does must not vanish.
async fn child() {
    black_box(());
}

async fn parent() {
    loop {
        tick();
        child().await;
    }
}

/// Boxed at each depth, as Rust demands of recursion.
fn level(depth: u32) -> Boxed {
    Box::pin(async move {
        if depth > 0 {
            level(depth - 1).await;
        }
        worker().await
    })
}

async fn once() {
    pause().await;
}

async fn creator() {
    loop {
        tick();
        create_task(once()).await;
    }
}

async fn sleeper(first: u32, n: u32) {
    sleep(first).await;
    loop {
        tick();
        sleep(n).await;
    }
}

async fn random_sleeper(first: u32, n: u32) {
    sleep(first).await;
    loop {
        tick();
        sleep(1 + random() % (2 * n)).await;
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.len() != 5 {
        eprintln!("usage: {} CASE N WARM OPERATIONS", arguments[0]);
        std::process::exit(2);
    }
    let n: u32 = arguments[2].parse().unwrap();
    BENCH.with(|bench| {
        bench.left.set(arguments[3].parse().unwrap());
        bench.operations.set(arguments[4].parse().unwrap());
    });
    match arguments[1].as_str() {
        "switch" => (0..n).for_each(|_| spawn(worker())),
        "await" => spawn(parent()),
        "depth" => spawn(level(n)),
        "task" => spawn(creator()),
        "sleep" => shuffled(n).into_iter().for_each(|first| spawn(sleeper(first, n))),
        "random" => shuffled(n).into_iter().for_each(|first| spawn(random_sleeper(first, n))),
        _ => {
            println!("none");
            return;
        }
    }
    run_forever();
}
