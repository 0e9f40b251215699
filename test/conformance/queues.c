/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Queues, and work for the executor. */
#include "ops.h"

const struct op queue_ops[] = {{NULL, NULL, 0, NULL, NULL, NULL}};
