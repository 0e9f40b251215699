/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Values, results, and the lines of the trace. */
#include "adl.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static struct value value_of(enum value_kind kind, long number)
{
    struct value value;
    value.kind = kind;
    value.number = number;
    value.items = NULL;
    return value;
}

struct value value_none(void)
{
    return value_of(VALUE_NONE, 0);
}

struct value value_int(long number)
{
    return value_of(VALUE_INT, number);
}

struct value value_bool(bool truth)
{
    return value_of(VALUE_BOOL, truth);
}

struct value value_error(int error)
{
    return value_of(VALUE_ERROR, error);
}

struct value value_list(const struct value *items, long count)
{
    struct value value = value_of(VALUE_LIST, count);
    value.items = items;
    return value;
}

struct result result_of(enum result_kind kind)
{
    struct result result;
    result.kind = kind;
    result.value = value_none();
    result.text = NULL;
    result.future = NULL;
    return result;
}

struct result result_value(struct value value)
{
    struct result result = result_of(RESULT_VALUE);
    result.value = value;
    return result;
}

struct result result_error(int error)
{
    struct result result = result_of(RESULT_ERROR);
    result.value = value_error(error);
    return result;
}

struct result result_format(const char *format, ...)
{
    struct result result = result_of(RESULT_TEXT);
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    result.text = arena_text(text, strlen(text));
    return result;
}

/* -- Output ---------------------------------------------------------------- */

/* The names in a trace, those of Python's exceptions. */
static const struct {
    int error;
    const char *name;
} error_names[] = {
    {ASYNC_ERR_CANCELLED, "Cancelled"},
    {ASYNC_ERR_TIMEOUT, "Timeout"},
    {ASYNC_ERR_INVALID_STATE, "InvalidState"},
    {ASYNC_ERR_STOP_ITERATION, "StopIter"},
    {ASYNC_ERR_STOP_ASYNC_ITERATION, "StopAsync"},
    {ASYNC_ERR_GENERATOR_EXIT, "GenExit"},
    {ASYNC_ERR_QUEUE_EMPTY, "QueueEmpty"},
    {ASYNC_ERR_QUEUE_FULL, "QueueFull"},
    {ASYNC_ERR_QUEUE_SHUTDOWN, "QueueShutDown"},
    {ASYNC_ERR_BROKEN_BARRIER, "BrokenBarrier"},
    {ASYNC_ERR_VALUE, "Value"},
    {ASYNC_ERR_TYPE, "Type"},
    {ERROR_NO_TASK, "AttributeError"},
    /* Python has one exception for all of these. */
    {ASYNC_ERR_RUNTIME, "Runtime"},
    {ASYNC_ERR_REUSED, "Runtime"},
    {ASYNC_ERR_SELF_AWAIT, "Runtime"},
    {ASYNC_ERR_CYCLE, "Runtime"},
    {ASYNC_ERR_WRONG_LOOP, "Runtime"},
    {ASYNC_ERR_CLOSED, "Runtime"},
    {ASYNC_ERR_RUNNING, "Runtime"},
    {ASYNC_ERR_STOPPED, "Runtime"},
    {ASYNC_ERR_BUSY, "Runtime"},
};

static const char *error_name(int error)
{
    size_t i;
    for (i = 0; i < sizeof error_names / sizeof *error_names; i++) {
        if (error_names[i].error == error) {
            return error_names[i].name;
        }
    }
    return NULL;
}

void print_error(int error)
{
    const char *name = error_name(error);
    if (name != NULL) {
        printf("%s", name);
    } else if (error <= ASYNC_ERR_USER &&
               error > ASYNC_ERR_USER - (int)USER_ERRORS) {
        printf("E%d", ASYNC_ERR_USER - error);
    } else if (async_is_group(error)) {
        printf("Group[");
        print_group(error);
        putchar(']');
    } else {
        printf("status(%d)", error); /* matches no trace */
    }
}

static void print_value(struct value value)
{
    long i;
    switch (value.kind) {
    case VALUE_INT:
        printf("%ld", value.number);
        break;
    case VALUE_BOOL:
        printf(value.number ? "True" : "False");
        break;
    case VALUE_ERROR:
        putchar('!');
        print_error((int)value.number);
        break;
    case VALUE_LIST:
        putchar('[');
        for (i = 0; i < value.number; i++) {
            if (i > 0) {
                putchar(',');
            }
            print_value(value.items[i]);
        }
        putchar(']');
        break;
    case VALUE_NONE:
    default:
        printf("None");
        break;
    }
}

static void print_state(const struct future *future)
{
    int error = 0;
    switch (async_future_state(future->future)) {
    case ASYNC_STATE_PENDING:
        printf("pending");
        return;
    case ASYNC_STATE_CANCELLED:
        printf("cancelled");
        return;
    case ASYNC_STATE_FINISHED:
    default:
        break;
    }
    (void)async_future_exception(future->future, &error);
    if (error != 0) {
        print_value(value_error(error));
    } else {
        putchar('=');
        print_value(future_value(future));
    }
}

static void print_result(const struct result *result)
{
    switch (result->kind) {
    case RESULT_SKIP:
        printf("skip");
        break;
    case RESULT_STOP:
        printf("stop=");
        print_value(result->value);
        break;
    case RESULT_VALUE:
        putchar('=');
        print_value(result->value);
        break;
    case RESULT_ERROR:
        print_value(result->value);
        break;
    case RESULT_TEXT:
        printf("%s", result->text);
        break;
    case RESULT_STATE:
        print_state(result->future);
        break;
    case RESULT_OK:
    case RESULT_TRACED:
    default:
        printf("ok");
        break;
    }
}

/* The program ends with the line after the last: nothing can be seen of what
 * it would do after. */
void trace(const char *who, int line, const char *text,
           const struct result *result)
{
    async_tick_t now = async_loop_time(&adl.loop) - adl.start;
    if (adl.lines++ >= adl.limit) {
        printf("LIMIT\n");
        finish(0);
    }
    printf("%llu %s:%d %s ", (unsigned long long)now, who, line, text);
    print_result(result);
    putchar('\n');
}

void trace_ok(const char *who, int line, const char *text)
{
    struct result result = result_of(RESULT_OK);
    trace(who, line, text, &result);
}

void trace_error(const char *who, int line, const char *text, int error)
{
    struct result result = result_error(error);
    trace(who, line, text, &result);
}
