/*
 * The operators of a content stream (PDF 32000-1, annex A) in one table, and the loop that collects
 * operands until an operator comes. Operators with too few or wrong operands are skipped; with too
 * many, the last ones count, as in other readers.
 */
#include "parsers/pdf/interpreter/interpreter.h"

#include <string.h>

typedef struct operator_entry {
    char name[4];
    uint8_t operands; /* at least as many */
    bool numeric; /* they are numbers */
    void (*run)(quire_interpreter *in, const quire_operands *operands);
} operator_entry;

static const operator_entry operators[] = {
    {"q", 0, false, quire_operator_save},
    {"Q", 0, false, quire_operator_restore},
    {"cm", 6, true, quire_operator_concatenate},
    {"w", 1, true, quire_operator_line_width},
    {"J", 0, false, quire_operator_ignore},
    {"j", 0, false, quire_operator_ignore},
    {"M", 0, false, quire_operator_ignore},
    {"d", 2, false, quire_operator_dash},
    {"ri", 0, false, quire_operator_ignore},
    {"i", 0, false, quire_operator_ignore},
    {"gs", 1, false, quire_operator_state},

    {"m", 2, true, quire_operator_move},
    {"l", 2, true, quire_operator_line},
    {"c", 6, true, quire_operator_curve},
    {"v", 4, true, quire_operator_curve_from_here},
    {"y", 4, true, quire_operator_curve_to_end},
    {"h", 0, false, quire_operator_close},
    {"re", 4, true, quire_operator_rectangle},
    {"S", 0, false, quire_operator_stroke},
    {"s", 0, false, quire_operator_close_stroke},
    {"f", 0, false, quire_operator_fill},
    {"F", 0, false, quire_operator_fill},
    {"f*", 0, false, quire_operator_fill_even_odd},
    {"B", 0, false, quire_operator_fill_stroke},
    {"B*", 0, false, quire_operator_fill_stroke},
    {"b", 0, false, quire_operator_close_fill_stroke},
    {"b*", 0, false, quire_operator_close_fill_stroke},
    {"n", 0, false, quire_operator_end_path},
    {"W", 0, false, quire_operator_clip},
    {"W*", 0, false, quire_operator_clip},
    {"sh", 1, false, quire_operator_shading},

    {"BT", 0, false, quire_operator_begin_text},
    {"ET", 0, false, quire_operator_ignore},
    {"Tc", 1, true, quire_operator_char_space},
    {"Tw", 1, true, quire_operator_word_space},
    {"Tz", 1, true, quire_operator_horizontal_scale},
    {"TL", 1, true, quire_operator_leading},
    {"Tf", 2, false, quire_operator_font},
    {"Tr", 1, true, quire_operator_render_mode},
    {"Ts", 1, true, quire_operator_rise},
    {"Td", 2, true, quire_operator_next_line},
    {"TD", 2, true, quire_operator_next_line_leading},
    {"Tm", 6, true, quire_operator_text_matrix},
    {"T*", 0, false, quire_operator_new_line},
    {"Tj", 1, false, quire_operator_show},
    {"TJ", 1, false, quire_operator_show_spaced},
    {"'", 1, false, quire_operator_new_line_show},
    {"\"", 3, false, quire_operator_new_line_show_spaced},

    {"g", 1, true, quire_operator_fill_gray},
    {"G", 1, true, quire_operator_stroke_gray},
    {"rg", 3, true, quire_operator_fill_rgb},
    {"RG", 3, true, quire_operator_stroke_rgb},
    {"k", 4, true, quire_operator_fill_cmyk},
    {"K", 4, true, quire_operator_stroke_cmyk},
    {"cs", 1, false, quire_operator_fill_space},
    {"CS", 1, false, quire_operator_stroke_space},
    {"sc", 0, false, quire_operator_fill_colour},
    {"SC", 0, false, quire_operator_stroke_colour},
    {"scn", 0, false, quire_operator_fill_colour},
    {"SCN", 0, false, quire_operator_stroke_colour},

    {"Do", 1, false, quire_operator_xobject},
    {"BI", 0, false, quire_operator_inline_image},

    {"BMC", 1, false, quire_operator_begin_mark},
    {"BDC", 2, false, quire_operator_begin_mark_properties},
    {"EMC", 0, false, quire_operator_end_mark},
    {"MP", 0, false, quire_operator_ignore},
    {"DP", 0, false, quire_operator_ignore},

    {"BX", 0, false, quire_operator_ignore},
    {"EX", 0, false, quire_operator_ignore},
    {"d0", 0, false, quire_operator_ignore},
    {"d1", 0, false, quire_operator_ignore},
};

enum {
    OPERATOR_COUNT = sizeof operators / sizeof *operators,
    NO_OPERATOR = 255,
};

static uint32_t packed(const uint8_t *name, size_t size)
{
    uint32_t code = name[0];
    for (size_t i = 1; i < size; i++) {
        code |= (uint32_t)name[i] << (8 * i);
    }
    return code;
}

static uint8_t slot_of(uint32_t code)
{
    return (uint8_t)(code * 0x9E3779B1u >> 24);
}

void quire_operators_index(quire_interpreter *in)
{
    memset(in->operator_slots, NO_OPERATOR, sizeof in->operator_slots);
    for (size_t i = 0; i < OPERATOR_COUNT; i++) {
        const char *name = operators[i].name;
        uint8_t slot = slot_of(packed((const uint8_t *)name, strlen(name)));
        while (in->operator_slots[slot] != NO_OPERATOR) {
            slot++;
        }
        in->operator_slots[slot] = (uint8_t)i;
    }
}

static const operator_entry *find_operator(const quire_interpreter *in, quire_slice word)
{
    if (word.size == 0 || word.size > 3) {
        return NULL;
    }
    uint32_t code = packed(word.data, word.size);
    for (uint8_t slot = slot_of(code); in->operator_slots[slot] != NO_OPERATOR; slot++) {
        const operator_entry *entry = &operators[in->operator_slots[slot]];
        if (entry->name[word.size] == 0 && !memcmp(entry->name, word.data, word.size)) {
            return entry;
        }
    }
    return NULL;
}

static bool operands_fit(const operator_entry *entry, const quire_operands *operands)
{
    if (operands->count < entry->operands) {
        return false;
    }
    if (entry->numeric) {
        for (int i = operands->count - entry->operands; i < operands->count; i++) {
            if (operands->kinds[i] != QUIRE_OPERAND_NUMBER) {
                return false;
            }
        }
    }
    return true;
}

static void push(quire_operands *operands, quire_operand_kind kind, double number,
                 quire_slice slice)
{
    if (operands->count == QUIRE_MAX_OPERANDS) {
        return;
    }
    operands->kinds[operands->count] = kind;
    operands->numbers[operands->count] = number;
    operands->slices[operands->count++] = slice;
}

/*
 * Numbers and strings of an array; arrays within it are opened up, the rest is left out. An
 * operator inside means that the closing bracket is missing: the array ends before it.
 */
static void read_array(quire_interpreter *in, quire_operands *operands)
{
    quire_tokens *tokens = operands->tokens;
    size_t first = in->elements.count;
    int depth = 1;
    while (depth > 0) {
        const uint8_t *before = tokens->at;
        quire_token_kind kind = quire_tokens_next(tokens);
        if (kind == QUIRE_TOKEN_NUMBER || kind == QUIRE_TOKEN_STRING) {
            quire_element *element = quire_array_push(&in->elements);
            if (element) {
                *element = (quire_element){.string = kind == QUIRE_TOKEN_STRING,
                                           .number = tokens->number,
                                           .slice = tokens->slice};
            }
        } else if (kind == QUIRE_TOKEN_DICTIONARY_BEGIN) {
            quire_tokens_skip(tokens, kind);
        } else if (kind == QUIRE_TOKEN_WORD && find_operator(in, tokens->slice)) {
            tokens->at = before;
            break;
        } else if (kind == QUIRE_TOKEN_END) {
            break;
        }
        depth += (kind == QUIRE_TOKEN_ARRAY_BEGIN) - (kind == QUIRE_TOKEN_ARRAY_END);
    }
    quire_slice slice = {.offset = (uint32_t)first, .size = (uint32_t)(in->elements.count - first)};
    push(operands, QUIRE_OPERAND_ARRAY, 0, slice);
}

static void read_dictionary(quire_operands *operands)
{
    const uint8_t *begin = operands->tokens->at;
    quire_tokens_skip(operands->tokens, QUIRE_TOKEN_DICTIONARY_BEGIN);
    quire_slice slice = {.data = begin, .size = (uint32_t)(operands->tokens->at - begin)};
    push(operands, QUIRE_OPERAND_DICTIONARY, 0, slice);
}

static bool is_constant(quire_slice word)
{
    return (word.size == 4 && (!memcmp(word.data, "true", 4) || !memcmp(word.data, "null", 4))) ||
           (word.size == 5 && !memcmp(word.data, "false", 5));
}

/* A token that is no operator becomes an operand; false: it is an operator, or the end. */
static bool collect(quire_interpreter *in, quire_operands *operands, quire_token_kind kind)
{
    const quire_tokens *tokens = operands->tokens;
    switch (kind) {
    case QUIRE_TOKEN_NUMBER:
        push(operands, QUIRE_OPERAND_NUMBER, tokens->number, (quire_slice){0});
        return true;
    case QUIRE_TOKEN_NAME:
        push(operands, QUIRE_OPERAND_NAME, 0, tokens->slice);
        return true;
    case QUIRE_TOKEN_STRING:
        push(operands, QUIRE_OPERAND_STRING, 0, tokens->slice);
        return true;
    case QUIRE_TOKEN_ARRAY_BEGIN:
        read_array(in, operands);
        return true;
    case QUIRE_TOKEN_DICTIONARY_BEGIN:
        read_dictionary(operands);
        return true;
    case QUIRE_TOKEN_WORD:
        if (is_constant(tokens->slice)) {
            push(operands, QUIRE_OPERAND_OTHER, 0, tokens->slice);
            return true;
        }
        return false;
    default:
        return kind != QUIRE_TOKEN_END;
    }
}

static bool spend_operator(quire_interpreter *in)
{
    if (--in->operators_left < 0) {
        quire_interpreter_stop(in, "too many operators");
    } else if (--in->until_clock < 0) {
        in->until_clock = QUIRE_OPERATORS_PER_CLOCK;
        quire_interpreter_in_time(in);
    }
    return !in->stopped;
}

static void run_tokens(quire_interpreter *in, quire_tokens *tokens)
{
    quire_operands operands;
    operands.count = 0;
    operands.tokens = tokens;
    while (!in->stopped) {
        quire_token_kind kind = quire_tokens_next(tokens);
        if (collect(in, &operands, kind)) {
            continue;
        }
        if (kind == QUIRE_TOKEN_END || !spend_operator(in)) {
            return;
        }
        const operator_entry *entry = find_operator(in, tokens->slice);
        if (entry && operands_fit(entry, &operands)) {
            entry->run(in, &operands);
        }
        operands.count = 0;
        in->pool.count = 0;
        in->elements.count = 0;
    }
}

void quire_interpreter_run(quire_interpreter *in, quire_bytes content, quire_resources *resources)
{
    quire_tokens tokens = {
        .at = content.data, .end = content.data + content.size, .pool = &in->pool};
    quire_resources *outer = in->resources;
    size_t state_floor = in->state_floor, mark_floor = in->mark_floor;
    size_t lost_saves = in->lost_saves;
    in->resources = resources;
    in->state_floor = in->states.count;
    in->mark_floor = in->marks.count;
    in->lost_saves = 0;
    run_tokens(in, &tokens);
    while (in->states.count > in->state_floor) {
        quire_state_restore(in);
    }
    quire_marks_close(in, in->mark_floor);
    in->lost_saves = lost_saves;
    in->resources = outer;
    in->state_floor = state_floor;
    in->mark_floor = mark_floor;
}
