-- Pipelines of generators, and many short coroutines.
local wrap, yield = coroutine.wrap, coroutine.yield
local function range(n) return wrap(function() for i = 1, n do yield(i) end end) end
local function filter(p, g) return wrap(function() for v in g do if p(v) then yield(v) end end end) end
local function map(f, g) return wrap(function() for v in g do yield(f(v)) end end) end
local s = 0
for v in map(function(x) return x * 3 end, filter(function(x) return x % 2 == 0 end, range(600000))) do s = s + v end
local function tree(d) if d == 0 then return nil end return { tree(d - 1), d, tree(d - 1) } end
local function walk(t) if t then walk(t[1]) yield(t[2]) walk(t[3]) end end
for v in wrap(function() walk(tree(15)) end) do s = s + v end
for i = 1, 100000 do s = s + wrap(function(a) return yield(a) end)(i) end
print(s)
