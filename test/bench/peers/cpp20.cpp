// SPDX-FileCopyrightText: 2026 The nanoasync authors
// SPDX-License-Identifier: MIT
// The benchmark cases on bare C++20 coroutines: symmetric transfer, an
// intrusive first-in-first-out ready queue, and std::priority_queue for
// timers. Not a library: no cancel, no errors, equal deadlines in any order.
#include "../bench.h"

#include <coroutine>
#include <exception>
#include <queue>
#include <utility>
#include <vector>

namespace
{

struct ready_node {
    std::coroutine_handle<> handle;
    ready_node *next = nullptr;
};

ready_node *ready_first;
ready_node **ready_last = &ready_first;

void make_ready(ready_node *node, std::coroutine_handle<> handle)
{
    node->handle = handle;
    node->next = nullptr;
    *ready_last = node;
    ready_last = &node->next;
}

bool run_one()
{
    ready_node *node = ready_first;
    if (node == nullptr) {
        return false;
    }
    ready_first = node->next;
    if (ready_first == nullptr) {
        ready_last = &ready_first;
    }
    node->handle.resume();
    return true;
}

struct timer {
    uint64_t when;
    std::coroutine_handle<> handle;
    bool operator<(const timer &other) const
    {
        return when > other.when;
    }
};

std::priority_queue<timer> timers;
uint64_t now_;

void run_forever()
{
    for (;;) {
        while (run_one()) {
        }
        timer first = timers.top();
        timers.pop();
        now_ = first.when;
        first.handle.resume();
    }
}

// A coroutine that starts when it is awaited, and resumes its awaiter.
struct coroutine {
    struct promise_type {
        std::coroutine_handle<> caller = std::noop_coroutine();

        struct to_caller {
            bool await_ready() noexcept
            {
                return false;
            }
            std::coroutine_handle<> await_suspend(
                std::coroutine_handle<promise_type> self) noexcept
            {
                return self.promise().caller;
            }
            void await_resume() noexcept
            {
            }
        };

        coroutine get_return_object()
        {
            return coroutine{
                std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_always initial_suspend() noexcept
        {
            return {};
        }
        to_caller final_suspend() noexcept
        {
            return {};
        }
        void return_void()
        {
        }
        void unhandled_exception()
        {
            std::terminate();
        }
    };

    std::coroutine_handle<promise_type> handle;

    explicit coroutine(std::coroutine_handle<promise_type> h) : handle(h)
    {
    }
    coroutine(coroutine &&other) noexcept
        : handle(std::exchange(other.handle, {}))
    {
    }
    ~coroutine()
    {
        if (handle) {
            handle.destroy();
        }
    }

    bool await_ready()
    {
        return false;
    }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller)
    {
        handle.promise().caller = caller;
        return handle;
    }
    void await_resume()
    {
    }
};

struct pause : ready_node {
    bool await_ready()
    {
        return false;
    }
    void await_suspend(std::coroutine_handle<> self)
    {
        make_ready(this, self);
    }
    void await_resume()
    {
    }
};

struct sleep {
    uint64_t ticks;
    bool await_ready()
    {
        return false;
    }
    void await_suspend(std::coroutine_handle<> self)
    {
        timers.push({now_ + ticks, self});
    }
    void await_resume()
    {
    }
};

// A coroutine that the queue runs beside its creator, who can wait for its
// end: what a task is.
struct task {
    coroutine body;
    ready_node node;
    std::coroutine_handle<> waiter;
    bool done = false;
    coroutine outer;

    static coroutine run(task *self)
    {
        co_await std::move(self->body);
        self->done = true;
        if (self->waiter) {
            make_ready(&self->node, self->waiter);
        }
    }

    explicit task(coroutine &&coro) : body(std::move(coro)), outer(run(this))
    {
        make_ready(&node, outer.handle);
    }
    bool await_ready()
    {
        return done;
    }
    void await_suspend(std::coroutine_handle<> self)
    {
        waiter = self;
    }
    void await_resume()
    {
    }
};

coroutine worker()
{
    for (;;) {
        bench_tick();
        co_await pause{};
    }
}

coroutine child()
{
    co_return;
}

coroutine parent()
{
    for (;;) {
        bench_tick();
        co_await child();
    }
}

coroutine level(uint32_t depth)
{
    if (depth > 0) {
        co_await level(depth - 1);
    }
    for (;;) {
        bench_tick();
        co_await pause{};
    }
}

coroutine once()
{
    co_await pause{};
}

coroutine creator()
{
    for (;;) {
        bench_tick();
        task created(once());
        co_await created;
    }
}

coroutine sleeper(uint32_t first)
{
    co_await sleep{first};
    for (;;) {
        bench_tick();
        co_await sleep{bench_n};
    }
}

coroutine random_sleeper(uint32_t first)
{
    co_await sleep{first};
    for (;;) {
        bench_tick();
        co_await sleep{1 + bench_random() % (2 * bench_n)};
    }
}

std::vector<coroutine> all;

bool start()
{
    if (bench_is("switch")) {
        for (uint32_t i = 0; i < bench_n; i++) {
            all.push_back(worker());
        }
    } else if (bench_is("await")) {
        all.push_back(parent());
    } else if (bench_is("depth")) {
        all.push_back(level(bench_n));
    } else if (bench_is("task")) {
        all.push_back(creator());
    } else if (bench_is("sleep") || bench_is("random")) {
        bool fixed = bench_is("sleep");
        uint32_t *first = bench_shuffled(bench_n);
        for (uint32_t i = 0; i < bench_n; i++) {
            all.push_back(fixed ? sleeper(first[i]) : random_sleeper(first[i]));
        }
        free(first);
    }
    return !all.empty();
}

} // namespace

int main(int argc, char **argv)
{
    bench_arguments(argc, argv);
    if (!start()) {
        puts("none");
        return 0;
    }
    std::vector<ready_node> nodes(all.size());
    for (size_t i = 0; i < all.size(); i++) {
        make_ready(&nodes[i], all[i].handle);
    }
    run_forever();
}
