/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A coroutine that is declared in a header. */
#ifndef TOUR_H_INCLUDED
#define TOUR_H_INCLUDED

#include <async/coro.h>

struct tour_extern {
    ASYNC_FRAME;
    int in, out;
};

ASYNC_EXTERN_C_BEGIN

ASYNC_DECLARE(tour_extern);

int tour(void);

ASYNC_EXTERN_C_END

#endif
