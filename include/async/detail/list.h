/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Doubly linked circular lists of async_node_t, in two forms: with a sentinel
 * node, and as a "ring" that is only a pointer to its first node, or 0. All
 * links are reached through this one type: GCC's alias analysis may drop a
 * store made through another. */
#ifndef ASYNC_DETAIL_LIST_H_INCLUDED
#define ASYNC_DETAIL_LIST_H_INCLUDED

#include "../loop.h"

/* Links a node in front of another one of its list: before a sentinel or
 * before the first node of a ring that is at its end. */
static ASYNC_SHARED_ void async_link_before_(async_node_t *at,
                                             async_node_t *node)
{
    async_node_t *prev = at->prev;
    node->next = at;
    prev->next = node;
    node->prev = prev;
    at->prev = node;
}

/* Closes the gap that a node leaves, which its caller links elsewhere. */
static ASYNC_ALWAYS_INLINE_ void async_bridge_(const async_node_t *node)
{
    async_node_t *next = node->next, *prev = node->prev;
    prev->next = next;
    next->prev = prev;
}

static inline void async_unlink_(async_node_t *node)
{
    async_bridge_(node);
    node->next = NULL;
}

static inline void async_list_init_(async_node_t *sentinel)
{
    sentinel->next = sentinel;
    sentinel->prev = sentinel;
}

static ASYNC_HOT_ void async_ring_push_(async_node_t **ring, async_node_t *node)
{
    if (*ring == NULL) {
        async_list_init_(node);
        *ring = node;
    } else {
        async_link_before_(*ring, node);
    }
}

static inline void async_ring_remove_(async_node_t **ring, async_node_t *node)
{
    if (*ring == node) {
        *ring = node->next == node ? NULL : node->next;
    }
    async_unlink_(node);
}

/* Takes the first one away, which its caller links elsewhere. */
static ASYNC_HOT_ void async_ring_pop_(async_node_t **ring)
{
    async_node_t *node = *ring, *next = node->next;
    if (!ASYNC_FAST) {
        async_ring_remove_(ring, node);
    } else if (next == node) {
        *ring = NULL;
    } else {
        ASYNC_BRANCH_();
        *ring = next;
        async_bridge_(node);
    }
}

#endif
