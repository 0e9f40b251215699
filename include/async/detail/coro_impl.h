/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of coro.h and error.h. */
#ifndef ASYNC_DETAIL_CORO_IMPL_H_INCLUDED
#define ASYNC_DETAIL_CORO_IMPL_H_INCLUDED

#include "../coro.h"
#include "step.h"

#if ASYNC_HOSTED
#include <stdio.h>
#include <stdlib.h>
#endif

ASYNC_EXTERN_C_BEGIN

/* All texts of a list in one object. Literals of a file share a section that the
 * linker keeps whole as soon as a program has one of its own, and on AVR that is
 * RAM; an object that nobody asks for is dropped. */
#define ASYNC_STATUS_CHARS_(name, value, text, python) char name[sizeof(text)];
#define ASYNC_STATUS_TEXT_(name, value, text, python) text,
static const struct {
    ASYNC_STATUS_LIST(ASYNC_STATUS_CHARS_)
    char pending[8], unknown[14], group[23], user[11];
} async_status_texts_ = {ASYNC_STATUS_LIST(ASYNC_STATUS_TEXT_) "pending",
                         "unknown error", "errors in a task group",
                         "user error"};
#undef ASYNC_STATUS_CHARS_
#undef ASYNC_STATUS_TEXT_

const char *async_strerror(int status)
{
    switch (status) {
#define ASYNC_STATUS_CASE_(name, value, text, python) \
    case value:                                       \
        return async_status_texts_.name;
        ASYNC_STATUS_LIST(ASYNC_STATUS_CASE_)
#undef ASYNC_STATUS_CASE_
    case ASYNC_PENDING:
        return async_status_texts_.pending;
    default:
        if (status > ASYNC_ERR_USER || status < ASYNC_ERR_GROUP_LAST) {
            return async_status_texts_.unknown;
        }
        return async_is_group(status) ? async_status_texts_.group
                                      : async_status_texts_.user;
    }
}

#define ASYNC_MISUSE_CHARS_(name, text) char name[sizeof(text)];
#define ASYNC_MISUSE_TEXT_(name, text) text,
static const struct {
    ASYNC_MISUSE_LIST(ASYNC_MISUSE_CHARS_)
    char unknown[16];
} async_misuse_texts_ = {ASYNC_MISUSE_LIST(ASYNC_MISUSE_TEXT_)
                         "unknown mistake"};
#undef ASYNC_MISUSE_CHARS_
#undef ASYNC_MISUSE_TEXT_

const char *async_misuse_text(int mistake)
{
    switch (mistake) {
#define ASYNC_MISUSE_CASE_(name, text) \
    case ASYNC_MISUSE_##name:          \
        return async_misuse_texts_.name;
        ASYNC_MISUSE_LIST(ASYNC_MISUSE_CASE_)
#undef ASYNC_MISUSE_CASE_
    default:
        return async_misuse_texts_.unknown;
    }
}

void async_misuse_default_(int mistake)
{
#if ASYNC_HOSTED
    fprintf(stderr, "nanoasync: %s\n", async_misuse_text(mistake));
    abort();
#else
    (void)mistake;
#if !defined(__AVR__) /* where a trap is a call of abort() */
    __builtin_trap();
#endif
    for (;;) {
    }
#endif
}

/* An error that nothing catches leaves the coroutine. A point of none of its
 * cases: an AWAIT stands in a `switch` of the user. */
async_next_t async_other_point_(async_coro_t *frame, async_context_t *context,
                                uint8_t point)
{
    async_next_t next = {ASYNC_MARK_(ASYNC_SUSPENDED_)};
#if !ASYNC_LABELS
    if (point <= ASYNC_EXIT_) {
        return async_caller_of_(frame);
    }
#endif
    (void)frame;
    (void)context;
    (void)point;
    ASYNC_MISUSE_HOOK(ASYNC_MISUSE_RESUME_POINT);
    return next; /* where a hook returns: better stuck than wild */
}

/* A frame has the alignment of a pointer, and so has its size, but an AVR aligns
 * nothing. Without the barrier compilers make a call of memset() of this. */
void async_make_frame_(async_coro_t *coro, size_t size, async_resume_fn resume)
{
#if defined(__GNUC__) && UINTPTR_MAX > 0xffffu
    typedef uintptr_t __attribute__((may_alias)) word_t;
#else
    typedef unsigned char word_t;
#endif
    word_t *at = (word_t *)(void *)coro, *end = at + size / sizeof *at;
    do {
        *at++ = 0;
        __asm__ volatile("" ::: "memory");
    } while (at != end);
    coro->resume = resume;
}

int async_driver_init(async_driver_t *driver, async_coro_t *coro)
{
    ASYNC_CHECK(driver != NULL && coro != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(coro->resume != NULL, NOT_CALLED);
    driver->context.flags = 0;
    driver->context.cancels = 0;
    driver->frame = NULL;
    driver->context.status =
        coro->caller != NULL ? (int16_t)ASYNC_ERR_REUSED : 0;
    if (driver->context.status == 0) {
        coro->caller = ASYNC_MARK_(ASYNC_ENDED_);
        driver->frame = coro;
    }
    return driver->context.status;
}

int async_drive(async_driver_t *driver)
{
    ASYNC_CHECK(driver != NULL, NULL_ARGUMENT);
    if (driver->frame == NULL) {
        return driver->context.status;
    }
    switch (async_run_frames_(&driver->frame, &driver->context)) {
    case ASYNC_ENDED_:
        driver->frame = NULL;
        return driver->context.status;
    case ASYNC_SUSPENDED_:
        ASYNC_CHECK(false, NO_TASK);
        return ASYNC_PENDING;
    default:
        return ASYNC_PENDING;
    }
}

ASYNC_EXTERN_C_END

#endif
