/*
 * The instruction set of precompiled chunks: every operation, in the order of its code, with the layout of
 * its operands. src/bytecode/isa.rs defines and explains them; a test there compares it with this table.
 */

#ifndef OPCODES_H
#define OPCODES_H

/* clang-format off */
#define OPCODES(OPCODE) \
    OPCODE(Move, AB) \
    OPCODE(LoadI, AsD) \
    OPCODE(LoadF, AsD) \
    OPCODE(LoadK, AD) \
    OPCODE(LoadKX, A) \
    OPCODE(LoadFalse, A) \
    OPCODE(LoadFalseSkip, A) \
    OPCODE(LoadTrue, A) \
    OPCODE(LoadNil, AB) \
    OPCODE(GetUpval, AB) \
    OPCODE(SetUpval, AB) \
    OPCODE(GetTabUp, ABC) \
    OPCODE(GetTable, ABC) \
    OPCODE(GetI, ABC) \
    OPCODE(GetField, ABC) \
    OPCODE(SetTabUp, ABC) \
    OPCODE(SetTabUpK, ABC) \
    OPCODE(SetTable, ABC) \
    OPCODE(SetTableK, ABC) \
    OPCODE(SetI, ABC) \
    OPCODE(SetIK, ABC) \
    OPCODE(SetField, ABC) \
    OPCODE(SetFieldK, ABC) \
    OPCODE(SelfK, ABC) \
    OPCODE(SelfR, ABC) \
    OPCODE(NewTable, AB) \
    OPCODE(SetList, AB) \
    OPCODE(Add, ABC) \
    OPCODE(Sub, ABC) \
    OPCODE(Mul, ABC) \
    OPCODE(Mod, ABC) \
    OPCODE(Pow, ABC) \
    OPCODE(Div, ABC) \
    OPCODE(Idiv, ABC) \
    OPCODE(Band, ABC) \
    OPCODE(Bor, ABC) \
    OPCODE(Bxor, ABC) \
    OPCODE(Shl, ABC) \
    OPCODE(Shr, ABC) \
    OPCODE(AddK, ABC) \
    OPCODE(SubK, ABC) \
    OPCODE(MulK, ABC) \
    OPCODE(ModK, ABC) \
    OPCODE(PowK, ABC) \
    OPCODE(DivK, ABC) \
    OPCODE(IdivK, ABC) \
    OPCODE(BandK, ABC) \
    OPCODE(BorK, ABC) \
    OPCODE(BxorK, ABC) \
    OPCODE(AddKR, ABC) \
    OPCODE(SubKR, ABC) \
    OPCODE(MulKR, ABC) \
    OPCODE(ModKR, ABC) \
    OPCODE(PowKR, ABC) \
    OPCODE(DivKR, ABC) \
    OPCODE(IdivKR, ABC) \
    OPCODE(AddI, ABC) \
    OPCODE(SubI, ABC) \
    OPCODE(ShlI, ABC) \
    OPCODE(ShrI, ABC) \
    OPCODE(Unm, AB) \
    OPCODE(Bnot, AB) \
    OPCODE(Not, AB) \
    OPCODE(Len, AB) \
    OPCODE(Concat, AB) \
    OPCODE(Close, A) \
    OPCODE(Tbc, A) \
    OPCODE(Jump, J) \
    OPCODE(JumpIf, A) \
    OPCODE(JumpIfNot, A) \
    OPCODE(JumpIfSet, AB) \
    OPCODE(JumpIfNotSet, AB) \
    OPCODE(JumpEq, AB) \
    OPCODE(JumpNe, AB) \
    OPCODE(JumpEqK, AD) \
    OPCODE(JumpNeK, AD) \
    OPCODE(JumpEqI, AsD) \
    OPCODE(JumpNeI, AsD) \
    OPCODE(JumpLt, AB) \
    OPCODE(JumpNotLt, AB) \
    OPCODE(JumpLe, AB) \
    OPCODE(JumpNotLe, AB) \
    OPCODE(JumpLtI, AsD) \
    OPCODE(JumpNotLtI, AsD) \
    OPCODE(JumpLeI, AsD) \
    OPCODE(JumpNotLeI, AsD) \
    OPCODE(JumpGtI, AsD) \
    OPCODE(JumpNotGtI, AsD) \
    OPCODE(JumpGeI, AsD) \
    OPCODE(JumpNotGeI, AsD) \
    OPCODE(Call, ABC) \
    OPCODE(TailCall, ABC) \
    OPCODE(Return, ABC) \
    OPCODE(Return0, N) \
    OPCODE(Return1, A) \
    OPCODE(Closure, A) \
    OPCODE(Vararg, ABC) \
    OPCODE(VarargPrep, AB) \
    OPCODE(ForPrep, A) \
    OPCODE(ForLoop, AD) \
    OPCODE(ForLoopX, A) \
    OPCODE(TforPrep, A) \
    OPCODE(TforCall, ABC) \
    OPCODE(TforLoop, AD) \
    OPCODE(TforLoopX, A) \
    OPCODE(GetEnv, A) \
    OPCODE(CheckNil, AD) \
    OPCODE(VarargUnpack, ABC) \
    OPCODE(VarargGet, ABC) \
    OPCODE(Extra, S)
/* clang-format on */

#endif
