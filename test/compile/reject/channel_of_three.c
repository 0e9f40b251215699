/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: the size of a channel is a power of two */
#include <async.h>

#ifdef FIXED
typedef ASYNC_CHANNEL(int, 4) channel_t;
#else
typedef ASYNC_CHANNEL(int, 3) channel_t;
#endif
