-- One-way constraints between variables, planned and executed: small objects, inheritance, lists of references.
local function class(parent)
  local c = {}
  c.__index = c
  if parent then setmetatable(c, { __index = parent }) end
  return c
end
local Variable = class()
local function variable(value) return setmetatable({ value = value, mark = 0, stay = true, constraints = {} }, Variable) end
function Variable:add(c) self.constraints[#self.constraints + 1] = c end
function Variable:remove(c)
  local list = self.constraints
  for i = 1, #list do
    if list[i] == c then table.remove(list, i) break end
  end
  if self.by == c then self.by = nil end
end

local Constraint = class()
function Constraint:init(strength) self.strength = strength return self end
function Constraint:satisfied() return self.output ~= nil end
function Constraint:execute() end

local Edit = class(Constraint)
local function edit(v, strength)
  local c = setmetatable({ output = v }, Edit):init(strength)
  v:add(c)
  return c
end
function Edit:inputs_known() return true end

local Scale = class(Constraint)
local function scale(source, factor, offset, target)
  local c = setmetatable({ source = source, factor = factor, offset = offset, output = target }, Scale):init(2)
  source:add(c)
  target:add(c)
  target.by = c
  return c
end
function Scale:inputs_known(mark) return self.source.mark == mark or self.source.stay end
function Scale:execute() self.output.value = self.source.value * self.factor.value + self.offset.value end

local Equal = class(Scale)
local function equal(source, target)
  local c = setmetatable({ source = source, output = target }, Equal):init(1)
  source:add(c)
  target:add(c)
  target.by = c
  return c
end
function Equal:execute() self.output.value = self.source.value end

local marks = 0
local function plan(start)
  marks = marks + 1
  local steps, todo = {}, { start }
  while #todo > 0 do
    local c = table.remove(todo)
    local out = c.output
    if out.mark ~= marks and c:inputs_known(marks) then
      steps[#steps + 1] = c
      out.mark = marks
      local list = out.constraints
      for i = 1, #list do
        local d = list[i]
        if d ~= c and d.source == out then todo[#todo + 1] = d end
      end
    end
  end
  return steps
end
local function change(v, value, times)
  local c = edit(v, 0)
  local steps = plan(c)
  for i = 1, times do
    v.value = value + i
    for j = 1, #steps do steps[j]:execute() end
  end
  v:remove(c)
end

local sum = 0
for round = 1, 150 do
  local chain = { variable(0) }
  for i = 2, 400 do
    chain[i] = variable(0)
    equal(chain[i - 1], chain[i])
  end
  change(chain[1], round, 40)
  sum = sum + chain[#chain].value
  local source, factor, offset = {}, variable(3), variable(7)
  for i = 1, 400 do
    source[i] = variable(i)
    local target = variable(0)
    scale(source[i], factor, offset, target)
    source[i].target = target
  end
  for i = 1, 400 do
    change(source[i], i, 10)
    sum = sum + source[i].target.value
  end
end
print(sum)
