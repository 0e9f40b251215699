/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Locks, events, conditions, semaphores and barriers. */
#include "ops.h"

bool sync_enter(const struct arg *arg, struct wait *wait)
{
    (void)arg;
    (void)wait;
    return false;
}

int sync_leave(const struct arg *arg)
{
    (void)arg;
    return 0;
}

const struct op sync_ops[] = {{NULL, NULL, 0, NULL, NULL, NULL}};
