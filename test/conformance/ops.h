/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The tables of statements, each ended by a row without a name. */
#ifndef ADL_OPS_H_INCLUDED
#define ADL_OPS_H_INCLUDED

#include "adl.h"

extern const struct op flow_ops[];        /* flow.c */
extern const struct op statement_ops[];   /* statements.c */
extern const struct op await_ops[];       /* awaits.c */
extern const struct op generator_ops[];   /* generators.c */
extern const struct op sync_ops[];        /* sync.c */
extern const struct op queue_ops[];       /* queues.c */
extern const struct op composition_ops[]; /* composition.c */
extern const struct op scope_ops[];       /* scopes.c */
extern const struct op agen_ops[];        /* agens.c */
extern const struct op driver_ops[];      /* driver.c */

/* Awaits what a machine waits for, in a coroutine or asynchronous generator. */
#define AWAIT_MACHINE(m)                                                       \
    do {                                                                       \
        if ((m)->wait.kind == WAIT_OPERATION) {                                \
            AWAIT_STATUS((m)->wait.status, (m)->wait.operation);               \
        } else if ((m)->wait.kind == WAIT_TASK) {                              \
            AWAIT_STATUS((m)->wait.status, (m)->wait.task);                    \
        } else if ((m)->wait.kind == WAIT_FUTURE) {                            \
            AWAIT_STATUS((m)->wait.status, (m)->wait.future);                  \
        } else {                                                               \
            AWAIT_STATUS((m)->wait.status, (m)->wait.coro);                    \
        }                                                                      \
    } while (0)

static inline const struct arg *step_arg(const struct step *step, int index)
{
    return &step->stmt->args[index];
}

/* The slot is empty: nothing is done. */
static inline int step_skip(struct step *step)
{
    step->result.kind = RESULT_SKIP;
    return 0;
}

#endif
