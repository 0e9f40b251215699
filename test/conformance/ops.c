/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Finds statements by name. */
#include "ops.h"

#include <string.h>

/* Statements of the language that this interpreter does not run yet. */
static const char *const later[] = {
    "gather",  "mkgather",    "shield",   "mkshield",   "waitfor",
    "wait",    "ascompleted", "timeout",  "reschedule", "expired",
    "when",    "group",       "gspawn",   "with",       "acquire",
    "release", "locked",      "ewait",    "eset",       "eclear",
    "eisset",  "cacquire",    "crelease", "cwait",      "cwaitfor",
    "notify",  "notifyall",   "sacquire", "srelease",   "slocked",
    "bwait",   "breset",      "babort",   "bstate",     "put",
    "get",     "join",        "putnw",    "getnw",      "taskdone",
    "qsize",   "qshutdown",   "exec",     "execexc",    "amake",
    "anext",   "asend",       "athrow",   "aclose",     "afor",
    "agen",    "lock",        "event",    "cond",       "sem",
    "bsem",    "barrier",     "queue",    "eager"};

const struct op *op_find(const char *name)
{
    const struct op *const tables[] = {flow_ops, statement_ops, await_ops,
                                       generator_ops};
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

bool op_is_known(const char *name)
{
    size_t i;
    for (i = 0; i < sizeof later / sizeof *later; i++) {
        if (strcmp(later[i], name) == 0) {
            return true;
        }
    }
    return false;
}
