/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A coroutine that test_exported.c uses and exported.c defines. */
#ifndef EXPORTED_H_INCLUDED
#define EXPORTED_H_INCLUDED

#include <async.h>

struct doubler {
    ASYNC_FRAME;
    int n, result;
};
ASYNC_DECLARE(doubler);

#endif
