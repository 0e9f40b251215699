/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: distinct pointer types
 * flags: -Werror */
#include <async.h>

ASYNC_CHANNEL(unsigned char, 4) channel;

int receive(void);
int receive(void)
{
#ifdef FIXED
    unsigned char item;
#else
    int item;
#endif
    return async_channel_receive_nowait(&channel, &item);
}
