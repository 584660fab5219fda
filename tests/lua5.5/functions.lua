-- Extra arguments as a table, loop variables, attributes before names, jumps, __call chains.
local function try(text, ...)
  local chunk, message = load(text, "=text")
  if not chunk then print("refused", message) return end
  print(pcall(chunk, ...))
end

-- check: named extra arguments
local function f(...t) return t.n, t[1], t[2], t[3], #t end
print(f()) print(f(1)) print(f(1, nil)) print(f(nil, nil, 3))
-- check: with parameters
local function f(a, b, ...rest) return a, b, rest.n, ... end
print(f()) print(f(1)) print(f(1, 2)) print(f(1, 2, 3, 4))
-- check: the table changes the arguments
local function f(...t) t[1] = "new" return ... end print(f(1, 2))
local function f(...t) t.n = 1 return ... end print(f(1, 2))
local function f(...t) t.n = 4 return ... end print(f(1, 2))
local function f(...t) t[#t + 1] = 9 t.n = t.n + 1 return select("#", ...), ... end print(f(1, 2))
-- check: no proper n
for _, n in ipairs{"'x'", "-1", "1.5", "nil", "2^40 | 0", "{}"} do try("local function f(...t) t.n = " .. n .. " return ... end return f(1, 2)") end
-- check: proper n
for _, n in ipairs{"0", "1", "3"} do try("local function f(...t) t.n = " .. n .. " return ... end return f(1, 2)") end
try "local function f(...t) t.n = 1 local a, b, c = ... return a, b, c end return f(1, 2)"
-- check: extra arguments are constant
try "local function f(...t) t = 1 end"
try "local function f(...t) return function() t = 1 end end"
try "local function f(...t) local t = 1 t = 2 return t end return f()"
try "local function f(t, ...t) return t end return f(1, 2).n"
-- check: captured
local function f(...t) return function() return t.n, t[1] end end print(f(7, 8)())
local function f(...t) local x = function() return t end return x() == t, x() == x() end print(f(1))
-- check: read only by index
local function f(...t) local s = 0 for i = 1, t.n do s = s + t[i] end return s end print(f(1, 2, 3))
local function f(...t) return t[0], t[-1], t[2], t["n"], t.x, t[1.0], t[{}] end print(f("a", "b"))
local function f(...t) return t[1].x end print(f({x = 5})) print((pcall(f, nil)))
-- check: passed on
local function f(...t) return table.unpack(t, 1, t.n) end print(f(1, nil, 3, nil))
local function f(...t) return select("#", table.unpack(t, 1, t.n)) end print(f(nil, nil))
-- check: as a method
local o = {} function o:m(...t) return self == o, t.n, ... end print(o:m(1, 2))
-- check: grammar of extra arguments
try "local function f(...t, a) end" try "local function f(...1) end" try "local function f(t...) end" try "return type(function(... ) return ... end)" try "local function f(...t t) end"
-- check: read only, shown by the debug library
local function f(...t) local a = t[1] return debug.getlocal(1, -1), debug.getlocal(1, -2), debug.getlocal(1, 1) end print(f(5, 6))
local function f(...t) local a = t[1] t[1] = 3 return debug.getlocal(1, -1) end print(f(5, 6))
local function f(...t) for i = 1, 3 do print(debug.getlocal(1, i)) end return t.n end print(f(5, 6))
local function f(...t) debug.setlocal(1, -1, "new") return t[1], t.n, ... end print(f(5, 6))
-- check: keys of all kinds, without a table
local function f(k, ...t) return t[k] end
for _, k in ipairs{1, 2, 3, 0, -1, 1.0, 2.0, 1.5, "n", "1", "m", true, math.mininteger, math.maxinteger, 2^53, 0/0} do print(k, f(k, "a", "b")) end print(f(nil), pcall(f, nil, 1))
-- check: without a table in nested accesses
local function f(...t) return t[1][1], t[t.n].x, t[2]:m(t.n), #t[1], -t.n end print(f({7}, {x = 8, m = function(self, n) return self.x + n end}))
local function f(...t) t[1].x = 5 return t[1].x, t.n end print(f{})
local function f(...t) return (t)[1], (t.n) end print(f(4))
print(pcall(function(...t) return t.x + 1 end)) print(pcall(function(...t) return t.x.y end)) print(pcall(function(...t) t[1]() end)) print(pcall(function(...t) t[1].x = 1 end))
-- check: extra arguments as environment
local function f(..._ENV) return n, x end print(f(1, 2))
local function f(..._ENV) x = n return x, n end print(f(1, 2))
local function f(..._ENV) global x = 10 return x end print(f())
local function f(..._ENV) global x; x = 11 return x end print(f())
local function f(..._ENV) global n; global function x() return n end return x() end print(f(1, 2, 3))
local function f(..._ENV) return function() return n end end print(f(1, 2, 3)())
try "local function f(..._ENV) global <const> a; a = 1 end"
-- check: many arguments
local function f(...t) return t.n, t[200], select("#", ...) end
print(f(table.unpack({}, 1, 200))) print(pcall(f, table.unpack({}, 1, 5000)))
-- check: with coroutines
local co = coroutine.wrap(function(...t) coroutine.yield(t.n) t[1] = "x" coroutine.yield(...) return t end)
print(co(1, 2)) print(co()) print(co().n)
-- check: tables of their own
local function f(...t) return t end print(f() ~= f(), getmetatable(f()), next(f()), f(1)[1])
-- check: debug information
local function f(a, ...) local b = 1 return debug.getlocal(1, 1), debug.getlocal(1, 2), debug.getlocal(1, 3), debug.getlocal(1, -1) end print(f(5, 6))
local function f(a, ...t) local n = t local i = 1 while debug.getlocal(1, i) do io.write(debug.getlocal(1, i), " ") i = i + 1 end print(debug.getlocal(1, -1)) end f(5, 6)
print(debug.getlocal(f, 1), debug.getlocal(f, 2)) print(debug.getinfo(f, "u").nparams, debug.getinfo(f, "u").isvararg)
-- check: loop variables
try "for i = 1, 3 do i = 2 end" try "for k in pairs{} do k = 2 end" try "for k, v in pairs{1} do v = v + 1 print(k, v) end" try "for i = 1, 2 do local i = i i = i + 1 io.write(i, ' ') end" try "for i = 1, 2 do local function f() i = 1 end end"
-- check: loop variables are fresh
local fs = {} for i = 1, 3 do fs[i] = function() return i end end print(fs[1](), fs[2](), fs[3]())
local fs = {} for k, v in ipairs{"a", "b"} do fs[k] = function() return k, v end end print(fs[1]()) print(fs[2]())
-- check: loop variables in debug
for i = 1, 1 do local n = 1 while debug.getlocal(1, n) do local name, value = debug.getlocal(1, n) print(name, type(value) == "number" and value) n = n + 1 end end
-- check: generic loops in debug
for k, v in next, {5} do local n = 1 while debug.getlocal(1, n) do local name, value = debug.getlocal(1, n) print(name, type(value)) n = n + 1 end end
-- check: loops that count
for i = math.maxinteger - 1, math.maxinteger do io.write(i, " ") end print()
for i = math.mininteger, math.mininteger + 1 do io.write(i, " ") end print()
for i = 3, 1 do print "never" end for i = 1, 0.5 do print "never" end
for i = 1.0, 2 do io.write(i, " ") end for i = 1, 2.9 do io.write(i, " ") end for i = 1, 0, -0.25 do io.write(i, " ") end print()
for i = 10, 1, -4 do io.write(i, " ") end for i = math.maxinteger, math.mininteger, math.mininteger do io.write(i, " ") end print()
-- check: loops with wrong values
try "for i = 'a', 2 do end" try "for i = 1, {} do end" try "for i = 1, 2, print do end" try "for i = 1, 2, 0 do end" try "for i = 1.5, 2, 0 do end" try "for i = 1, '2' do end"
-- check: iterators with closing values
local function iterator(n) local closing <const> = setmetatable({}, {__close = function(...) print("closed", select("#", ...), select(2, ...)) end}) return function(s, i) if i < s then return i + 1, i * i end end, n, 0, closing end
for i, s in iterator(3) do io.write(i, "=", s, " ") end
for i in iterator(3) do if i == 2 then break end end
print(pcall(function() for i in iterator(3) do error "inside" end end))
-- check: iterators that are no functions
try "for i in 5 do end" try "for i in nil do end" try "for i in {} do end"
try "for i in setmetatable({}, {__call = function(_, s, i) i = (i or 0) + 1 if i < 4 then return i end end}) do io.write(i, ' ') end"
-- check: attributes before names
try "local <const> a, b = 1, 2 return a + b" try "local <const> a, b = 1, 2 b = 3" try "local <const> a, b <const> = 1, 2 a = 3" try "local <close> a, b" try "local <close> a = nil return 1" try "local <const> a <close> = nil a = 1" try "local <other> a"
-- check: closing methods get an error or nothing
local function show(...) print(select("#", ...), select(2, ...)) end local c = setmetatable({}, {__close = show})
do local x <close> = c end print(pcall(function() local x <close> = c error("e", 0) end)) print(pcall(function() local x <close> = c error() end))
-- check: jumps
try "goto l; local a; ::l:: print(a)" try "goto l; local a; ::l::" try "do goto l end; local a; ::l::" try "goto none" try "\n\ngoto none\n\n" try "break" try "do break end" try "while true do local function f() break end end" try "::a:: ::a::" try "::a:: do ::a:: end" try "do ::a:: end ::a:: return 1"
-- check: jumps that work
try "local i = 0 ::top:: i = i + 1 if i < 5 then goto top end return i" try "for i = 1, 3 do for j = 1, 3 do if j == 2 then goto next end io.write(i, j, ' ') end ::next:: end" try "do local x goto out end ::out:: return 'out'" try "repeat local x = 1 if x then goto done end ::done:: until true return 1" try "repeat goto c local x ::c:: until x"
-- check: chains of objects that are called
local function chain(n, f) for _ = 1, n do f = setmetatable({}, {__call = f}) end return f end
local function count(...) return select("#", ...), debug.getinfo(1, "t").extraargs end
for _, n in ipairs{0, 1, 2, 14, 15} do print(n, (chain(n, count)(1, 2))) print(pcall(chain(n, count), 1)) end
print(pcall(chain(16, count))) print(pcall(function() return chain(16, count)() end))
-- check: messages about extra arguments
local rep = setmetatable({}, {__call = string.rep}) print(pcall(rep, 1)) print(pcall(function() rep(1) end)) print(pcall(function() local x = setmetatable({}, {__call = math.floor}) x({}) end))
local idx = setmetatable({}, {__index = string.rep}) print(pcall(function() return idx.x end))
-- check: limits
local names = {} for i = 1, 260 do names[i] = "v" .. i end
try("local " .. table.concat(names, ",", 1, 201)) try("local function f(" .. table.concat(names, ",", 1, 201) .. ") end") try("return " .. ("1,"):rep(254) .. "1") try("return " .. ("1,"):rep(253) .. "1") try(table.concat(names, ",", 1, 255) .. " = f()") try("local x = {" .. ("f(),"):rep(300) .. "}")
