/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What a debug build keeps in the loop, and what the library tells it; in other
 * builds these calls are empty. Included by loop.h. */
#ifndef ASYNC_DETAIL_DEBUG_H_INCLUDED
#define ASYNC_DETAIL_DEBUG_H_INCLUDED

typedef struct async_debug_report async_debug_report_t;

#if ASYNC_DEBUG

/* How many errors that nobody has looked at are remembered. Of the futures only
 * the addresses: their storage may be gone when it comes to the report. */
#define ASYNC_DEBUG_ERRORS_ 8u

struct async_debug {
    void (*report)(async_loop_t *loop, const async_debug_report_t *report);
    async_delay_t slow;
    uintptr_t context; /* where the loop runs */
    bool on;
    uint8_t count;
    struct {
        const async_future_t *future;
        int16_t status;
    } errors[ASYNC_DEBUG_ERRORS_]; /* oldest first */
};

ASYNC_EXTERN_C_BEGIN

void async_debug_init_(async_loop_t *loop);

/* The loop begins to run here. */
void async_debug_enter_(async_loop_t *loop);
/* Whether the loop runs, and this is an interrupt or another thread. */
bool async_debug_is_foreign_(const async_loop_t *loop);

/* The loop is being closed. */
void async_debug_close_(async_loop_t *loop);

/* A handle has run since `start`. */
void async_debug_ran_(async_loop_t *loop, const async_handle_t *handle,
                      async_tick_t start);

/* A future or task begins here: what was here before is gone. */
void async_debug_begins_(async_loop_t *loop, const async_future_t *future);
/* It has ended. */
void async_debug_ended_(const async_future_t *future);
/* Somebody has looked at how it ended. */
void async_debug_seen_(const async_future_t *future);
/* Somebody will. */
void async_debug_watched_(async_future_t *future);

/* Storage is going to be used for something else. Returns whether anything in
 * it is in use. */
bool async_debug_reused_(const void *storage, size_t size);

ASYNC_EXTERN_C_END

#else

static inline void async_debug_init_(async_loop_t *loop)
{
    (void)loop;
}
static inline void async_debug_enter_(async_loop_t *loop)
{
    (void)loop;
}
static inline bool async_debug_is_foreign_(const async_loop_t *loop)
{
    (void)loop;
    return false;
}
static inline void async_debug_close_(async_loop_t *loop)
{
    (void)loop;
}
static inline void async_debug_begins_(async_loop_t *loop,
                                       const async_future_t *future)
{
    (void)loop;
    (void)future;
}
static inline void async_debug_ended_(const async_future_t *future)
{
    (void)future;
}
static inline void async_debug_seen_(const async_future_t *future)
{
    (void)future;
}
static inline void async_debug_watched_(async_future_t *future)
{
    (void)future;
}
static inline bool async_debug_reused_(const void *storage, size_t size)
{
    (void)storage;
    (void)size;
    return false;
}

#endif

#endif
