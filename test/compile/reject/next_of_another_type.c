/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: distinct pointer types
 * flags: -Werror */
#include <async.h>

struct numbers {
    ASYNC_GENERATOR(int);
};

int first(struct numbers *numbers);
int first(struct numbers *numbers)
{
#ifdef FIXED
    int item;
#else
    long item;
#endif
    return async_next(numbers, &item);
}
