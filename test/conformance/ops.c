/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Finds statements by name. */
#include "ops.h"

#include <string.h>

const struct op *op_find(const char *name)
{
    const struct op *const tables[] = {
        flow_ops,  statement_ops,   await_ops, generator_ops, sync_ops,
        queue_ops, composition_ops, scope_ops, agen_ops,      driver_ops};
    size_t table;
    for (table = 0; table < sizeof tables / sizeof *tables; table++) {
        const struct op *op;
        for (op = tables[table]; op->name != NULL; op++) {
            if (strcmp(op->name, name) == 0) {
                return op;
            }
        }
    }
    return NULL;
}
