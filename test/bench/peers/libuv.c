/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The timer cases on libuv: a callback that starts its own timer again. Not
 * coroutines: nothing is kept between two calls but the timer.
 *
 * libuv has no clock that could be replaced. So this program has the
 * functions of the C library by which libuv tells the time and sleeps, and the
 * dynamic linker takes these instead: a sleep passes at once. */
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <uv.h>

#include "../bench.h"

static uint64_t virtual_ms = 1000;

int clock_gettime(clockid_t clock, struct timespec *now)
{
    if (clock == CLOCK_PROCESS_CPUTIME_ID) { /* of bench.h */
        return (int)syscall(SYS_clock_gettime, clock, now);
    }
    now->tv_sec = (time_t)(virtual_ms / 1000);
    now->tv_nsec = (long)(virtual_ms % 1000) * 1000000;
    return 0;
}

int epoll_wait(int fd, struct epoll_event *events, int most, int timeout)
{
    (void)fd;
    (void)events;
    (void)most;
    if (timeout > 0) {
        virtual_ms += (uint64_t)timeout;
    }
    return 0;
}

/* Some releases of libuv call this one. */
int epoll_pwait(int fd, struct epoll_event *events, int most, int timeout,
                const sigset_t *mask)
{
    (void)mask;
    return epoll_wait(fd, events, most, timeout);
}

static void sleeper(uv_timer_t *timer) /* every N ticks */
{
    bench_tick();
    uv_timer_start(timer, sleeper, bench_n, 0);
}

static void random_sleeper(uv_timer_t *timer) /* 1 to 2 N ticks */
{
    bench_tick();
    uv_timer_start(timer, random_sleeper, 1 + bench_random() % (2 * bench_n),
                   0);
}

int main(int argc, char **argv)
{
    uv_loop_t *loop = uv_default_loop();
    uv_timer_t *timers;
    uint32_t *first, i;
    bench_arguments(argc, argv);
    if (!bench_is("sleep") && !bench_is("random")) {
        puts("none");
        return 0;
    }
    first = bench_shuffled(bench_n);
    timers = (uv_timer_t *)calloc(bench_n, sizeof *timers);
    if (timers == NULL) {
        abort();
    }
    for (i = 0; i < bench_n; i++) {
        uv_timer_init(loop, &timers[i]);
        uv_timer_start(&timers[i],
                       bench_is("sleep") ? sleeper : random_sleeper, first[i],
                       0);
    }
    free(first);
    uv_run(loop, UV_RUN_DEFAULT);
    return 1; /* bench_tick() ends the program */
}
