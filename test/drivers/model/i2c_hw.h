/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A model of an I2C master and of the devices on its bus, and the functions
 * that samples/drivers/i2c.c wants. A bit takes a tick. It counts what is
 * wrong: a STOP while a device drives the data line, a START with no address
 * behind it, a command while another one is under way. */
#ifndef I2C_HW_H_INCLUDED
#define I2C_HW_H_INCLUDED

#include "machine.h"

enum { I2C_DEVICE = 0x48, I2C_NO_DEVICE = 0x11, I2C_SHORT = 0x50 };

struct i2c_model {
    struct line line;
    async_sim_interrupt_t next;
    enum i2c_event event;
    bool busy, stopping, on_bus; /* command; STOP; between START and STOP */
    bool device_drives;          /* the data line */
    bool addressed, read, fresh; /* fresh: START, and no byte yet */
    uint8_t address, data, byte;
    bool is_receive, ack;
    unsigned taken;              /* bytes of this write */
    uint8_t pointer, registers[256];
    /* trouble: at this byte (counted from the first START), 0: never */
    unsigned bytes, hang_at, lose_at, error_at;
    bool stuck;                  /* no START gets through */
    bool stop_hangs;
    unsigned violations, starts, stops, resets;
    char log[256];
    unsigned log_length;
};
typedef struct i2c_model *i2c_hw_t;

void i2c_model_begin(struct i2c_model *model);
bool i2c_model_is_free(const struct i2c_model *model);

/* Registers. */
void i2c_model_start(struct i2c_model *model);
void i2c_model_send(struct i2c_model *model, uint8_t byte);
void i2c_model_receive(struct i2c_model *model, bool ack);
void i2c_model_stop(struct i2c_model *model);
void i2c_model_release(struct i2c_model *model);
void i2c_model_reset(struct i2c_model *model);
void i2c_model_recover(struct i2c_model *model);
bool i2c_model_is_idle(struct i2c_model *model);
enum i2c_event i2c_model_event(struct i2c_model *model);
uint8_t i2c_model_byte(struct i2c_model *model);

static inline void i2c_hw_start(i2c_hw_t *hw) { i2c_model_start(*hw); }
static inline void i2c_hw_send(i2c_hw_t *hw, uint8_t byte)
{
    i2c_model_send(*hw, byte);
}
static inline void i2c_hw_receive(i2c_hw_t *hw, bool ack)
{
    i2c_model_receive(*hw, ack);
}
static inline void i2c_hw_stop(i2c_hw_t *hw) { i2c_model_stop(*hw); }
static inline void i2c_hw_release(i2c_hw_t *hw) { i2c_model_release(*hw); }
static inline void i2c_hw_reset(i2c_hw_t *hw) { i2c_model_reset(*hw); }
static inline void i2c_hw_recover(i2c_hw_t *hw) { i2c_model_recover(*hw); }
static inline bool i2c_hw_is_idle(i2c_hw_t *hw)
{
    return i2c_model_is_idle(*hw);
}
static inline enum i2c_event i2c_hw_event(i2c_hw_t *hw)
{
    return i2c_model_event(*hw);
}
static inline uint8_t i2c_hw_byte(i2c_hw_t *hw) { return i2c_model_byte(*hw); }

#endif
