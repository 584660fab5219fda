-- A small Lisp: reader, environments as chained tables, closures, evaluated recursively.
local function read(s)
  local stack, list = {}, {}
  for token in s:gsub("[()]", " %0 "):gmatch("%S+") do
    if token == "(" then
      stack[#stack + 1] = list
      list = {}
    elseif token == ")" then
      local done = list
      list = table.remove(stack)
      list[#list + 1] = done
    else
      list[#list + 1] = tonumber(token) or token
    end
  end
  return list
end
local eval
local special = {
  quote = function(x) return x[2] end,
  ["if"] = function(x, env)
    if eval(x[2], env) then return eval(x[3], env) end
    return eval(x[4], env)
  end,
  define = function(x, env) env[x[2]] = eval(x[3], env) end,
  lambda = function(x, env)
    local names, body = x[2], x[3]
    return function(...)
      local scope = setmetatable({}, { __index = env })
      for i = 1, #names do scope[names[i]] = (select(i, ...)) end
      return eval(body, scope)
    end
  end,
}
local function arguments(x, env, i)
  if x[i] == nil then return end
  if x[i + 1] == nil then return eval(x[i], env) end
  return eval(x[i], env), arguments(x, env, i + 1)
end
function eval(x, env)
  local kind = type(x)
  if kind == "string" then return env[x] end
  if kind ~= "table" then return x end
  local form = special[x[1]]
  if form then return form(x, env) end
  return eval(x[1], env)(arguments(x, env, 2))
end
local globals = {
  ["+"] = function(a, b) return a + b end,
  ["-"] = function(a, b) return a - b end,
  ["*"] = function(a, b) return a * b end,
  ["<"] = function(a, b) return a < b end,
  ["="] = function(a, b) return a == b end,
  cons = function(a, b) return { head = a, tail = b } end,
  car = function(p) return p.head end,
  cdr = function(p) return p.tail end,
  empty = function(p) return p == nil end,
}
local program = read [[
  (define fib (lambda (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))))
  (define range (lambda (a b) (if (= a b) nil (cons a (range (+ a 1) b)))))
  (define map (lambda (f l) (if (empty l) nil (cons (f (car l)) (map f (cdr l))))))
  (define sum (lambda (l acc) (if (empty l) acc (sum (cdr l) (+ acc (car l))))))
  (define result (+ (fib 20) (sum (map (lambda (x) (* x x)) (range 0 60)) 0)))
]]
for _ = 1, 18 do
  for _, form in ipairs(program) do eval(form, globals) end
end
print(globals.result)
