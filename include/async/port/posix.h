/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * The POSIX port: CLOCK_MONOTONIC, and a poll() that sleeps until the next
 * timer, a file descriptor, a post from another thread or a signal handler.
 *
 * No wake-up can be lost: async_post() links its post before it writes to the
 * port's pipe, and idle looks at the inbox before it polls that pipe. A post
 * after the look leaves a byte in the pipe, so the poll returns at once.
 *
 * poll() counts milliseconds: with a faster tick, sleeps are rounded up.
 */
#ifndef ASYNC_PORT_POSIX_H_INCLUDED
#define ASYNC_PORT_POSIX_H_INCLUDED

#include "../loop.h"

/** File descriptors one loop can watch. */
#ifndef ASYNC_POSIX_FDS
#define ASYNC_POSIX_FDS 64
#endif

typedef struct async_posix async_posix_t;
typedef struct async_posix_fd async_posix_fd_t;

/** A file descriptor that is watched. Zero-initialise. All private. */
struct async_posix_fd {
    async_handle_t reader;
    async_handle_t writer;
    async_run_fn on_readable; /**< 0: not watched */
    async_run_fn on_writable;
    int fd;
};

/** The port of one loop, that is, of one thread. All private. */
struct async_posix {
    async_port_t port;
    int wake_read, wake_write;
    unsigned count;
    async_posix_fd_t *fds[ASYNC_POSIX_FDS];
};

ASYNC_EXTERN_C_BEGIN

/**
 * Opens the port: a pipe of its own.
 *
 * @param posix  Must outlive the loop.
 * @returns The port for async_loop_init(), or 0 if there is no pipe to be had,
 *          which async_loop_init() reports.
 * @context{before start}
 */
#define async_posix_init ASYNC_POSIX_INIT_(ASYNC_POSIX_FDS)
#define ASYNC_POSIX_INIT_(fds) ASYNC_POSIX_INIT_2_(fds)
#define ASYNC_POSIX_INIT_2_(fds) ASYNC_ABI_(async_posix_init_f##fds)
async_port_t *async_posix_init(async_posix_t *posix);

/** Closes the pipe, after async_loop_close(). */
void async_posix_close(async_posix_t *posix);

/**
 * Runs a callback in every iteration in which the file descriptor is readable:
 * loop.add_reader(). Replaces the reader there was.
 *
 * @param watch  Zero at first; one for each file descriptor. Must stay valid
 *               until both reader and writer are removed.
 * @param run    Gets `&watch->reader`.
 * @returns 0; ASYNC_ERR_NO_MEMORY beyond ASYNC_POSIX_FDS;
 *          ASYNC_ERR_VALUE for a negative fd, or another one than the writer's.
 * @context{task or callback of the loop, or outside any}
 */
int async_posix_add_reader(async_posix_t *posix, async_posix_fd_t *watch,
                           int fd, async_run_fn run);

/** The same for writing: loop.add_writer(). `run` gets `&watch->writer`. */
int async_posix_add_writer(async_posix_t *posix, async_posix_fd_t *watch,
                           int fd, async_run_fn run);

/** Ends watching, also for a callback that is due: loop.remove_reader().
 * @returns true if it was watched. */
bool async_posix_remove_reader(async_loop_t *loop, async_posix_t *posix,
                               async_posix_fd_t *watch);

/** loop.remove_writer() */
bool async_posix_remove_writer(async_loop_t *loop, async_posix_t *posix,
                               async_posix_fd_t *watch);

ASYNC_EXTERN_C_END

#endif

#if defined(ASYNC_IMPLEMENTATION) && !defined(ASYNC_PORT_POSIX_IMPLEMENTED)
#define ASYNC_PORT_POSIX_IMPLEMENTED
#include "../detail/posix_impl.h"
#endif
