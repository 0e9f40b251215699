/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Statements on several awaitables: gather, wait, shield, timeouts, groups. */
#include "ops.h"

bool is_exception(int error)
{
    return async_is_exception(error);
}

const struct op composition_ops[] = {{NULL, NULL, 0, NULL, NULL, NULL}};
