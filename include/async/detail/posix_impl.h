/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of port/posix.h. */
#ifndef ASYNC_DETAIL_POSIX_IMPL_H_INCLUDED
#define ASYNC_DETAIL_POSIX_IMPL_H_INCLUDED

#include "../port/posix.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

ASYNC_EXTERN_C_BEGIN

#ifndef CLOCK_MONOTONIC /* -std=c11 hides both where <time.h> came first */
#define CLOCK_MONOTONIC 1
int clock_gettime(int clock, struct timespec *now);
#endif

static async_tick_t async_posix_now_(async_port_t *port)
{
    struct timespec now;
    (void)port;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (async_tick_t)((uint64_t)now.tv_sec * ASYNC_TICK_HZ +
                          (uint64_t)now.tv_nsec * ASYNC_TICK_HZ / 1000000000u);
}

/* Queues the callbacks of what poll() found, and empties the pipe. */
static void async_posix_dispatch_(async_posix_t *posix, async_loop_t *loop,
                                  const struct pollfd *found)
{
    unsigned i;
    if (found[0].revents != 0) {
        char bytes[64];
        while (read(posix->wake_read, bytes, sizeof bytes) > 0) {
        }
    }
    for (i = 0; i < posix->count; i++) {
        async_posix_fd_t *watch = posix->fds[i];
        short events = found[i + 1].revents;
        short failed = (short)(events & (POLLERR | POLLHUP | POLLNVAL));
        if (watch->on_readable != NULL && ((events & POLLIN) || failed)) {
            (void)async_call_soon(loop, &watch->reader, watch->on_readable);
        }
        if (watch->on_writable != NULL && ((events & POLLOUT) || failed)) {
            (void)async_call_soon(loop, &watch->writer, watch->on_writable);
        }
    }
}

static int async_posix_wait_(async_posix_t *posix, async_loop_t *loop,
                             int timeout)
{
    struct pollfd fds[ASYNC_POSIX_FDS + 1];
    unsigned i;
    fds[0].fd = posix->wake_read;
    fds[0].events = POLLIN;
    for (i = 0; i < posix->count; i++) {
        const async_posix_fd_t *watch = posix->fds[i];
        fds[i + 1].fd = watch->fd;
        fds[i + 1].events = (short)((watch->on_readable ? POLLIN : 0) |
                                    (watch->on_writable ? POLLOUT : 0));
    }
    if (poll(fds, posix->count + 1u, timeout) < 0) {
        return errno == EINTR ? (int)ASYNC_OK : (int)ASYNC_ERR_OS;
    }
    async_posix_dispatch_(posix, loop, fds);
    return ASYNC_OK;
}

static int async_posix_idle_(async_port_t *port, async_loop_t *loop,
                             const async_tick_t *deadline)
{
    int timeout = -1;
    if (async_loop_has_posts(loop)) {
        return ASYNC_OK;
    }
    if (deadline != NULL) {
        async_delay_t rest =
            (async_delay_t)(*deadline - async_posix_now_(port));
        int64_t ms = rest > 0 ? (int64_t)rest : 0;
        if (ms > INT_MAX / 2) {
            ms = INT_MAX / 2; /* the loop asks again */
        }
        ms = (ms * 1000 + ASYNC_TICK_HZ - 1) / ASYNC_TICK_HZ;
        timeout = ms > INT_MAX ? INT_MAX : (int)ms;
    }
    return async_posix_wait_((async_posix_t *)(void *)port, loop, timeout);
}

static void async_posix_poll_(async_port_t *port, async_loop_t *loop)
{
    (void)async_posix_wait_((async_posix_t *)(void *)port, loop, 0);
}

/* One byte; when the pipe is full there is a byte in it. */
static void async_posix_wake_(async_port_t *port, async_loop_t *loop)
{
    int saved = errno; /* may run in a signal handler */
    ssize_t written = write(((async_posix_t *)(void *)port)->wake_write, "", 1);
    (void)written;
    (void)loop;
    errno = saved;
}

async_port_t *async_posix_init(async_posix_t *posix)
{
    int ends[2], i;
    ASYNC_CHECK(posix != NULL, NULL_ARGUMENT);
    __builtin_memset((void *)posix, 0, sizeof *posix);
    if (pipe(ends) != 0) {
        return NULL;
    }
    for (i = 0; i < 2; i++) {
        (void)fcntl(ends[i], F_SETFL, O_NONBLOCK);
        (void)fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    }
    posix->wake_read = ends[0];
    posix->wake_write = ends[1];
    posix->port.now = async_posix_now_;
    posix->port.idle = async_posix_idle_;
    posix->port.wake = async_posix_wake_;
    return &posix->port;
}

void async_posix_close(async_posix_t *posix)
{
    ASYNC_CHECK(posix != NULL, NULL_ARGUMENT);
    close(posix->wake_read);
    close(posix->wake_write);
}

/* -- File descriptors ----------------------------------------------------- */

static int async_posix_watch_(async_posix_t *posix, async_posix_fd_t *watch,
                              int fd)
{
    ASYNC_CHECK(posix != NULL && watch != NULL, NULL_ARGUMENT);
    if (fd < 0) {
        return ASYNC_ERR_VALUE;
    }
    if (watch->on_readable != NULL || watch->on_writable != NULL) {
        return fd == watch->fd ? (int)ASYNC_OK : (int)ASYNC_ERR_VALUE;
    }
    if (posix->count == ASYNC_POSIX_FDS) {
        return ASYNC_ERR_NO_MEMORY;
    }
    watch->fd = fd;
    posix->fds[posix->count++] = watch;
    posix->port.poll = async_posix_poll_;
    return ASYNC_OK;
}

static void async_posix_unwatch_(async_posix_t *posix, async_posix_fd_t *watch)
{
    unsigned i;
    if (watch->on_readable != NULL || watch->on_writable != NULL) {
        return;
    }
    for (i = 0; i < posix->count; i++) {
        if (posix->fds[i] == watch) {
            posix->fds[i] = posix->fds[--posix->count];
            break;
        }
    }
    if (posix->count == 0) {
        posix->port.poll = NULL;
    }
}

int async_posix_add_reader(async_posix_t *posix, async_posix_fd_t *watch,
                           int fd, async_run_fn run)
{
    int status = async_posix_watch_(posix, watch, fd);
    ASYNC_CHECK(run != NULL, NO_FUNCTION);
    if (status == 0) {
        watch->on_readable = run;
    }
    return status;
}

int async_posix_add_writer(async_posix_t *posix, async_posix_fd_t *watch,
                           int fd, async_run_fn run)
{
    int status = async_posix_watch_(posix, watch, fd);
    ASYNC_CHECK(run != NULL, NO_FUNCTION);
    if (status == 0) {
        watch->on_writable = run;
    }
    return status;
}

bool async_posix_remove_reader(async_loop_t *loop, async_posix_t *posix,
                               async_posix_fd_t *watch)
{
    ASYNC_CHECK(loop != NULL && posix != NULL && watch != NULL, NULL_ARGUMENT);
    if (watch->on_readable == NULL) {
        return false;
    }
    watch->on_readable = NULL;
    (void)async_handle_cancel(loop, &watch->reader);
    async_posix_unwatch_(posix, watch);
    return true;
}

bool async_posix_remove_writer(async_loop_t *loop, async_posix_t *posix,
                               async_posix_fd_t *watch)
{
    ASYNC_CHECK(loop != NULL && posix != NULL && watch != NULL, NULL_ARGUMENT);
    if (watch->on_writable == NULL) {
        return false;
    }
    watch->on_writable = NULL;
    (void)async_handle_cancel(loop, &watch->writer);
    async_posix_unwatch_(posix, watch);
    return true;
}

ASYNC_EXTERN_C_END

#endif
