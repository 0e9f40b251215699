/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A second name of nanoasync.h, for the Arduino IDE. */
#include "nanoasync.h"
