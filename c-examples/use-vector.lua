-- Uses the module of vector.c (and must not be called like it).
local vector = require "vector"
local a, b = vector { 3, 4 }, vector { 1, 2 }
print(a, a:norm(), a + b, #b)
if a.each then -- a coroutine that yields from a function that C code calls
  local elements = coroutine.wrap(function() a:each(coroutine.yield) end)
  print(elements(), elements())
end
print(select(2, pcall(function() return a + vector { 1 } end)))
