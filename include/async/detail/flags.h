/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bits of async_context_t.flags and async_loop_t.flags. */
#ifndef ASYNC_DETAIL_FLAGS_H_INCLUDED
#define ASYNC_DETAIL_FLAGS_H_INCLUDED

/* Of a future: */
#define ASYNC_F_DONE_ 0x01u        /* finished or cancelled: see the status */
#define ASYNC_F_TASK_ 0x02u        /* it is the future of a task */
/* Of a future that is not a task's: */
#define ASYNC_F_RAISED_ 0x04u      /* its exception is a CancelledError */
#define ASYNC_F_HOOKED_ 0x08u      /* it has a cancel function of its own */
/* Of a task: */
#define ASYNC_F_MUST_CANCEL_ 0x04u /* raise CancelledError at the next step */
#define ASYNC_F_WOKEN_ 0x08u       /* in an operation: somebody woke it */
#define ASYNC_F_TAKEN_BACK_ 0x10u  /* in an operation: the wait was cancelled */
#define ASYNC_F_LEFT_ 0x20u        /* async_run() waits for it */
#define ASYNC_F_LEAVES_ 0x40u      /* in an operation: its end also leaves */
/* Of both: somebody will look at its error. */
#if ASYNC_DEBUG
#define ASYNC_F_SEEN_ 0x80u
#else
#define ASYNC_F_SEEN_ 0x00u
#endif

/* Of a loop: */
#define ASYNC_F_RUNNING_ 0x01u
#define ASYNC_F_STOPPING_ 0x02u
#define ASYNC_F_ONCE_ 0x04u /* run one iteration */

#endif
