#define ASYNC_IMPLEMENTATION
#include "../include/async.h"
