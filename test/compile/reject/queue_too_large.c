/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: a queue has 1 to 32,767 elements */
#include <async.h>

#ifdef FIXED
typedef ASYNC_QUEUE(char, 100) queue_t;
#else
typedef ASYNC_QUEUE(char, 32768) queue_t;
#endif
