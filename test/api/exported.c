/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#include "exported.h"

ASYNC_DEF_EXTERN(doubler)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ticks(self->n));
    self->result = 2 * self->n;
    ASYNC_END;
}
