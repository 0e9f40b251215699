# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""What docs/floor.md says about the stretches of a listing. If the library
changes, what no longer fits is found by test/target/run --docs."""
import collections

# What a stretch is for: {function: text}, or {(function, the one before): text}
# where it has several.
PURPOSES = {
    "SysTick_Handler": "the interrupt of the program",
    "async_flag_set": "a flag is a post and its waiters",
    "async_post": "arms the post, pushes it to the inbox, asks the port",
    "async_tick_idle_": "the CPU is awake: masks, finds the inbox not empty",
    ("async_take_events_", "async_tick_idle_"): "looks at the inbox",
    "async_take_posts_": "takes the inbox, links each post to the ready queue",
    ("async_take_events_", "async_take_posts_"): "looks for timers",
    ("async_iterate_", "async_take_events_"):
        "takes the first handle, the post's, out of the queue",
    "async_post_run_": "disarms the post",
    "async_flag_posted_": "takes the first waiter, which goes on in this turn",
    ("async_iterate_", "async_flag_posted_"): "resumes the innermost frame",
    "wait_flag": "the coroutine: to behind its AWAIT",
    ("by_operation", "by_operation"): "the coroutine calls",
    "async_wake_one": "takes the first waiter, appends it to the ready queue",
    ("by_operation", "async_wake_one"): "stores where to go on, calls",
    "async_op_wait": "leaves the ready queue, enters the list of waiters",
    ("by_operation", "async_op_wait"): "returns",
    ("async_iterate_", "by_operation"):
        "ends this iteration and begins the next, takes the first handle, "
        "resumes its frame",
    ("by_operation", "async_iterate_"): "the coroutine goes to its AWAIT",
}

# What the instructions of a case are spent on. A line belongs to the first
# `pattern` that is found in its source or in a line that calls it, each with
# the name of its function in front. `must`: whatever resumes a task does that.
Spent = collections.namedtuple("Spent", "pattern what needed_by must",
                               defaults=("", True))
GOES_ON = Spent(r"async_run_frames_|async_step_|ASYNC_STEP_|loop->current;",
                "the task's innermost frame is found and called, and what it "
                "returns is looked at", "awaiting at any depth, errors")
LEDGERS = {
    "isr": [
        Spent(r"loop->closed", "a post to a closed loop is refused",
              "its error", False),
        Spent(r"fetch_or_|async_push_|ASYNC_EXCHANGE_",
              "the post's state and the inbox change by read-modify-writes, "
              "there and back",
              "posts from any priority"),
        Spent(r"ASYNC_POSTED_\)|ASYNC_ARMED_ \?",
              "a post that is linked is not linked twice; one that was taken "
              "back does not run", "setting it again, clear"),
        Spent(r"port->wake|= loop->port;", "the port may have to wake somebody",
              "threads, RTOSes, loops in interrupts", False),
        Spent(r"async_take_posts_|async_unlink_|handle->run|current = NULL",
              "the post takes its place in the ready queue, and has its turn",
              "asyncio's order: one FIFO of posts and call_soon", False),
        Spent(r"async_flag_posted_:",
              "the flag takes its first waiter, or stays set",
              "several waiters; setting it before somebody waits", False),
        Spent(r"async_tick_idle_:", "the sleep cannot miss a post", "sleep"),
        Spent(r"async_take_events_:|async_iterate_: (if|node|loop->head)",
              "the iteration: posts, then timers, then what is ready",
              "asyncio's order"),
        GOES_ON._replace(pattern=GOES_ON.pattern + "|async_run_handle_:"),
        Spent(r"wait_flag:", "the coroutine"),
        Spent(r"", "calls between program, flag, post and its function",
              "one body for flags, channels, completions", False),
    ],
    "operation": [
        Spent(r"loop->flags|async_has_events_|node.*loop->ready|"
              r"node = loop->head",
              "an iteration ends and the next begins: stop, posts, timers and "
              "the port's poll are looked at",
              "asyncio's order: who is woken runs in the next iteration",
              False),
        Spent(r"ASYNC_PEEK_", "what was posted before an append goes first",
              "asyncio's order: one FIFO of posts and call_soon", False),
        Spent(r"waiters->first|async_ring_|node == NULL",
              "a list of waiters, first come, first served",
              "several waiters", False),
        Spent(r"async_link_before_|async_leave_ready_|task->future.loop",
              "into the ready queue, and out of it", "a ready queue"),
        Spent(r"handle.run|async_run_fn|end != NULL|async_waiting_|"
              r"handle->run|u.object",
              "what ends the wait, and what is awaited",
              "cancel; operations that count or wait again", False),
        Spent(r"async_caller_:", "which task calls",
              "operations that are plain functions", False),
        GOES_ON,
        Spent(r"async_run_handle_:|loop->head",
              "the loop's place in the queue, its current task",
              "a ready queue"),
        Spent(r"by_operation:", "the coroutine"),
        Spent(r"", "entering and leaving two functions", "code that is shared"),
    ],
}
