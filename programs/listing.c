/*
 * Lists precompiled chunks; see listing.h. The layout is that of the stock compiler's listings, the operations are
 * this library's (src/bytecode/isa.rs says what each does).
 */

#include "listing.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "chunk.h"
#include "opcodes.h"
#include "versions.h"

enum op {
#define OPCODE(name, format) Op##name,
    OPCODES(OPCODE)
#undef OPCODE
    OP_COUNT
};

/* Layouts of operands: which of A, B, C are there, D or sD, S or sS. */
enum format { N, A, AB, ABC, AD, AsD, S, J };

static const struct {
    const char *name;
    enum format format;
} operations[] = {
#define OPCODE(name, format) {#name, format},
    OPCODES(OPCODE)
#undef OPCODE
};

/* A function with what is looked up again and again: where each constant begins, names, the lines. */
struct listing {
    struct function f;
    struct text source;
    struct value *constants;
    struct text *names;
    long *lines;
};

static void *array(size_t count, size_t size) {
    void *block = calloc(count + 1, size);
    if (block == NULL) {
        fputs("luac: not enough memory\n", stderr);
        exit(EXIT_FAILURE);
    }
    return block;
}

/* ---- looking things up */

static void find_lines(struct listing *l) {
    struct cursor absolute = l->f.absolutes;
    size_t left = l->f.absolute_count;
    long line = (long)l->f.line;
    for (size_t pc = 0; pc < l->f.line_count && pc < l->f.code_count; pc++) {
        signed char difference = (signed char)l->f.lines.at[pc];
        int found = 0;
        while (left > 0) { /* the table is sorted: at most one of its entries is for this instruction */
            struct cursor ahead = absolute;
            size_t at = take_unsigned(&ahead), value = take_unsigned(&ahead);
            if (at > pc) break;
            if (at == pc) found = 1, line = (long)value;
            absolute = ahead;
            left--;
        }
        if (!found) line += difference;
        l->lines[pc] = line;
    }
}

static struct listing open_function(struct function f, struct text parent_source) {
    struct listing l = {f, f.source.start != NULL ? f.source : parent_source, NULL, NULL, NULL};
    l.constants = array(f.constant_count, sizeof *l.constants);
    l.names = array(f.upvalue_count, sizeof *l.names);
    l.lines = array(f.code_count, sizeof *l.lines);
    for (size_t i = 0; i < f.constant_count; i++) l.constants[i] = take_constant(&f.constants);
    for (size_t i = 0; i < f.name_count && i < f.upvalue_count; i++) l.names[i] = take_text(&f.names);
    find_lines(&l);
    return l;
}

static void close_function(struct listing *l) {
    free(l->constants);
    free(l->names);
    free(l->lines);
}

/* The start of the 'n'-th function inside, which stands for its address. */
static const void *inner_function(const struct listing *l, size_t n) {
    struct cursor c = l->f.functions;
    while (n-- > 0 && c.at != NULL) take_function(&c);
    return c.at;
}

/* ---- printing values */

static void print_plain(struct text text) {
    fwrite(text.start, 1, text.size, stdout);
}

static void print_string(struct text text) {
    static const char special[] = "\"\\\a\b\f\n\r\t\v", letters[] = "\"\\abfnrtv";
    putchar('"');
    for (size_t i = 0; i < text.size; i++) {
        int byte = text.start[i];
        const char *found = byte == 0 ? NULL : strchr(special, byte);
        if (found != NULL) printf("\\%c", letters[found - special]);
        else if (isprint(byte)) putchar(byte);
        else printf("\\%03d", byte);
    }
    putchar('"');
}

static void print_float(double number) {
    char text[64];
    snprintf(text, sizeof text, SINCE(505) ? "%.15g" : "%.14g", number);
    if (SINCE(505) && strtod(text, NULL) != number) snprintf(text, sizeof text, "%.17g", number);
    fputs(text, stdout);
    if (SINCE(503) && text[strspn(text, "-0123456789")] == '\0') fputs(".0", stdout); /* looks like an integer */
}

static void print_value(struct value value) {
    switch (value.tag) {
    case CONSTANT_NIL: fputs("nil", stdout); break;
    case CONSTANT_FALSE: fputs("false", stdout); break;
    case CONSTANT_TRUE: fputs("true", stdout); break;
    case CONSTANT_INTEGER: printf("%" PRId64, value.integer); break;
    case CONSTANT_FLOAT: print_float(value.number); break;
    case CONSTANT_STRING: print_string(value.string); break;
    default: printf("?%d", value.tag);
    }
}

static void print_constant(const struct listing *l, size_t n) {
    if (n < l->f.constant_count) print_value(l->constants[n]);
}

static void print_upvalue_name(const struct listing *l, size_t n) {
    if (n < l->f.upvalue_count && l->names[n].start != NULL) print_plain(l->names[n]);
    else putchar('-');
}

/* ---- printing instructions */

static void print_operands(enum op op, uint32_t i) {
    unsigned a = i >> 8 & 0xff, b = i >> 16 & 0xff, c = i >> 24;
    int signed_c = op == OpAddI || op == OpSubI || op == OpShlI || op == OpShrI;
    switch (operations[op].format) {
    case N: break;
    case A: printf("%u", a); break;
    case AB: printf("%u %u", a, b); break;
    case ABC: printf("%u %u %d", a, b, signed_c ? (int)(int8_t)c : (int)c); break;
    case AD: printf("%u %u", a, i >> 16); break;
    case AsD: printf("%u %d", a, (int16_t)(i >> 16)); break;
    case S: printf("%u", i >> 8); break;
    case J: printf("%d", (int32_t)i >> 8); break;
    }
}

/* A number of values, or all up to the top. */
static void print_count(unsigned operand, const char *what) {
    if (operand == 0) printf("all %s", what);
    else printf("%u %s", operand - 1, what);
}

/* Where the Jump at 'pc' goes, counted from 1. */
static long jump_target(const struct listing *l, size_t pc) {
    return pc < l->f.code_count ? (long)pc + 2 + ((int32_t)word_at(&l->f.code, pc) >> 8) : 0;
}

static void print_comment(const struct listing *l, size_t pc, enum op op, uint32_t i) {
    unsigned b = i >> 16 & 0xff, c = i >> 24, a = i >> 8 & 0xff, d = i >> 16;
    size_t extra = pc + 1 < l->f.code_count ? word_at(&l->f.code, pc + 1) >> 8 : 0;
    fputs("\t; ", stdout);
    switch (op) {
    case OpLoadK: case OpJumpEqK: case OpJumpNeK: print_constant(l, d); break;
    case OpLoadKX: print_constant(l, extra); break;
    case OpLoadNil: printf("%u out", b + 1); break;
    case OpGetUpval: case OpSetUpval: print_upvalue_name(l, b); break;
    case OpGetTabUp: print_upvalue_name(l, b), putchar(' '), print_constant(l, c); break;
    case OpSetTabUp: print_upvalue_name(l, a), putchar(' '), print_constant(l, b); break;
    case OpSetTabUpK:
        print_upvalue_name(l, a), putchar(' '), print_constant(l, b), putchar(' '), print_constant(l, c);
        break;
    case OpSetFieldK: print_constant(l, b), putchar(' '), print_constant(l, c); break;
    case OpGetField: case OpSelfK: case OpSetTableK: case OpSetIK: case OpAddK: case OpSubK: case OpMulK: case OpModK:
    case OpPowK: case OpDivK: case OpIdivK: case OpBandK: case OpBorK: case OpBxorK: print_constant(l, c); break;
    case OpSetField: case OpAddKR: case OpSubKR: case OpMulKR: case OpModKR: case OpPowKR: case OpDivKR: case OpIdivKR:
        print_constant(l, b);
        break;
    case OpNewTable: case OpSetList: printf("%zu", extra); break;
    case OpJump: printf("to %ld", jump_target(l, pc)); break;
    case OpForPrep: printf("exit to %ld", jump_target(l, pc + 1)); break;
    case OpTforPrep: printf("to %ld", jump_target(l, pc + 1)); break;
    case OpForLoop: case OpTforLoop: printf("to %ld", (long)pc + 2 - (long)d); break;
    case OpCall: print_count(b, "in "), print_count(c, "out"); break;
    case OpTailCall: print_count(b, "in"); break;
    case OpReturn: print_count(b, "out"); break;
    case OpReturn0: fputs("0 out", stdout); break;
    case OpReturn1: fputs("1 out", stdout); break;
    case OpVararg: print_count(c, "out"); break;
    case OpClosure: printf("%p", inner_function(l, extra)); break;
    default: break;
    }
}

static int has_comment(enum op op) {
    switch (op) {
    case OpLoadK: case OpJumpEqK: case OpJumpNeK: case OpLoadKX: case OpLoadNil: case OpGetUpval: case OpSetUpval:
    case OpGetTabUp: case OpSetTabUp: case OpSetTabUpK: case OpSetFieldK: case OpGetField: case OpSelfK:
    case OpSetTableK: case OpSetIK: case OpAddK: case OpSubK: case OpMulK: case OpModK: case OpPowK: case OpDivK:
    case OpIdivK: case OpBandK: case OpBorK: case OpBxorK: case OpSetField: case OpAddKR: case OpSubKR: case OpMulKR:
    case OpModKR: case OpPowKR: case OpDivKR: case OpIdivKR: case OpNewTable: case OpSetList: case OpJump:
    case OpForPrep: case OpTforPrep: case OpForLoop: case OpTforLoop: case OpCall: case OpTailCall: case OpReturn:
    case OpReturn0: case OpReturn1: case OpVararg: case OpClosure: return 1;
    default: return 0;
    }
}

static void print_code(const struct listing *l) {
    for (size_t pc = 0; pc < l->f.code_count; pc++) {
        uint32_t i = word_at(&l->f.code, pc);
        printf("\t%zu\t", pc + 1);
        if (l->lines[pc] > 0) printf("[%ld]\t", l->lines[pc]);
        else fputs("[-]\t", stdout);
        if ((i & 0xff) >= OP_COUNT) {
            printf("%#010x\n", (unsigned)i);
            continue;
        }
        enum op op = (enum op)(i & 0xff);
        printf("%-13s\t", operations[op].name);
        print_operands(op, i);
        if (has_comment(op)) print_comment(l, pc, op, i);
        putchar('\n');
    }
}

/* ---- printing functions */

static void print_quantity(size_t n, const char *mark, const char *what, const char *end) {
    printf("%zu%s %s%s%s", n, mark, what, n == 1 ? "" : "s", end);
}

static void print_source(struct text source) {
    if (source.start == NULL) putchar('?');
    else if (source.size > 0 && strchr("@=", source.start[0]) != NULL && source.start[0] != '\0') {
        source.start++, source.size--;
        print_plain(source);
    } else fputs(source.size > 0 && source.start[0] == '\033' ? "(bstring)" : "(string)", stdout);
}

static void print_header(const struct listing *l) {
    const struct function *f = &l->f;
    printf("\n%s <", f->line == 0 ? "main" : "function");
    print_source(l->source);
    printf(":%zu,%zu> (", f->line, f->last_line);
    print_quantity(f->code_count, "", "instruction", "");
    printf(" at %p)\n", (const void *)f->start);
    print_quantity(f->params, f->is_vararg ? "+" : "", "param", ", ");
    print_quantity(f->slots, "", "slot", ", ");
    print_quantity(f->upvalue_count, "", "upvalue", ", ");
    print_quantity(f->local_count, "", "local", ", ");
    print_quantity(f->constant_count, "", "constant", ", ");
    print_quantity(f->function_count, "", "function", "\n");
}

static void print_tables(const struct listing *l) {
    static const char letters[] = "NBBIFS";
    const struct function *f = &l->f;
    struct cursor locals = f->locals;
    printf("constants (%zu) for %p:\n", f->constant_count, (const void *)f->start);
    for (size_t i = 0; i < f->constant_count; i++) {
        printf("\t%zu\t%c\t", i, letters[l->constants[i].tag % 6]);
        print_value(l->constants[i]);
        putchar('\n');
    }
    printf("locals (%zu) for %p:\n", f->local_count, (const void *)f->start);
    for (size_t i = 0; i < f->local_count; i++) {
        struct text name = take_text(&locals);
        size_t start = take_unsigned(&locals), end = take_unsigned(&locals);
        printf("\t%zu\t", i);
        print_plain(name);
        printf("\t%zu\t%zu\n", start + 1, end + 1);
    }
    printf("upvalues (%zu) for %p:\n", f->upvalue_count, (const void *)f->start);
    for (size_t i = 0; i < f->upvalue_count; i++) {
        printf("\t%zu\t", i);
        print_upvalue_name(l, i);
        printf("\t%u\t%u\n", f->upvalues.at[3 * i], f->upvalues.at[3 * i + 1]);
    }
}

static void print_function(struct function f, struct text parent_source, int full) {
    struct listing l = open_function(f, parent_source);
    struct text source = l.source;
    print_header(&l);
    print_code(&l);
    if (full) print_tables(&l);
    close_function(&l);
    for (size_t i = 0; i < f.function_count; i++) print_function(take_function(&f.functions), source, full);
}

const char *list_chunk(const void *chunk, size_t size, int full) {
    struct cursor c = {chunk, (const unsigned char *)chunk + size};
    struct text none = {NULL, 0};
    take(&c, CHUNK_HEADER + 1);
    struct function f = take_function(&c);
    if (c.at == NULL) return "truncated precompiled chunk";
    print_function(f, none, full);
    return NULL;
}
