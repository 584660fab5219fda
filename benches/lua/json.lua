-- A JSON encoder and decoder on records, lists, strings with escapes and numbers.
local escapes = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\t"] = "\\t" }
local function encode(v, out)
  local kind = type(v)
  if kind == "table" then
    if #v > 0 then
      out[#out + 1] = "["
      for i = 1, #v do
        if i > 1 then out[#out + 1] = "," end
        encode(v[i], out)
      end
      out[#out + 1] = "]"
    else
      local keys = {}
      for k in pairs(v) do keys[#keys + 1] = k end
      table.sort(keys)
      out[#out + 1] = "{"
      for i, k in ipairs(keys) do
        if i > 1 then out[#out + 1] = "," end
        encode(k, out)
        out[#out + 1] = ":"
        encode(v[k], out)
      end
      out[#out + 1] = "}"
    end
  elseif kind == "string" then
    out[#out + 1] = '"' .. v:gsub('[%c"\\]', escapes) .. '"'
  elseif kind == "number" then
    out[#out + 1] = string.format("%.14g", v)
  else
    out[#out + 1] = tostring(v)
  end
end
local unescape = { n = "\n", t = "\t", ['"'] = '"', ["\\"] = "\\", ["/"] = "/" }
local decode
local function skip(s, at) return s:match("^[ \n\t]*()", at) end
local function text(s, at)
  local from = at + 1
  local parts
  while true do
    local stop = s:find('["\\]', from)
    if s:sub(stop, stop) == '"' then
      local piece = s:sub(from, stop - 1)
      if parts then piece = parts .. piece end
      return piece, stop + 1
    end
    parts = (parts or "") .. s:sub(from, stop - 1) .. unescape[s:sub(stop + 1, stop + 1)]
    from = stop + 2
  end
end
function decode(s, at)
  at = skip(s, at)
  local c = s:byte(at)
  if c == 123 then
    local result = {}
    at = skip(s, at + 1)
    if s:byte(at) == 125 then return result, at + 1 end
    while true do
      local key, value
      key, at = text(s, skip(s, at))
      value, at = decode(s, skip(s, at) + 1)
      result[key] = value
      at = skip(s, at)
      if s:byte(at) == 125 then return result, at + 1 end
      at = at + 1
    end
  elseif c == 91 then
    local result = {}
    at = skip(s, at + 1)
    if s:byte(at) == 93 then return result, at + 1 end
    while true do
      result[#result + 1], at = decode(s, at)
      at = skip(s, at)
      if s:byte(at) == 93 then return result, at + 1 end
      at = at + 1
    end
  elseif c == 34 then
    return text(s, at)
  elseif s:sub(at, at + 3) == "true" then
    return true, at + 4
  elseif s:sub(at, at + 4) == "false" then
    return false, at + 5
  end
  local number, stop = s:match("^(-?[%d.eE+-]+)()", at)
  return tonumber(number), stop
end
local data = { items = {} }
for i = 1, 300 do
  data.items[i] = { id = i, name = "item \"" .. i .. "\"\n", price = i * 1.25, tags = { "a", "b" .. i % 7, "long tag" }, old = i % 2 == 0 }
end
local size = 0
for _ = 1, 110 do
  local out = {}
  encode(data, out)
  local s = table.concat(out)
  size = size + #s
  data = decode(s, 1)
end
print(size, #data.items, data.items[300].name)
