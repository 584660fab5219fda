-- LZW compression and expansion: a dictionary of strings, bytes in and out.
local char, byte, concat = string.char, string.byte, table.concat
local function compress(s)
  local dictionary, size = {}, 256
  for i = 0, 255 do dictionary[char(i)] = i end
  local out, prefix = {}, ""
  for i = 1, #s do
    local c = s:sub(i, i)
    local longer = prefix .. c
    if dictionary[longer] then
      prefix = longer
    else
      out[#out + 1] = dictionary[prefix]
      dictionary[longer] = size
      size = size + 1
      prefix = c
    end
  end
  if prefix ~= "" then out[#out + 1] = dictionary[prefix] end
  return out
end
local function expand(codes)
  local dictionary, size = {}, 256
  for i = 0, 255 do dictionary[i] = char(i) end
  local last = dictionary[codes[1]]
  local out = { last }
  for i = 2, #codes do
    local entry = dictionary[codes[i]] or last .. last:sub(1, 1)
    out[#out + 1] = entry
    dictionary[size] = last .. entry:sub(1, 1)
    size = size + 1
    last = entry
  end
  return concat(out)
end
local parts, x = {}, 42
for i = 1, 12000 do
  x = x * 16807 % 2147483647
  parts[i] = ("word" .. x % 97) .. (x % 5 == 0 and ", " or " ")
end
local text, total = concat(parts), 0
for _ = 1, 36 do
  local codes = compress(text)
  total = total + #codes
  assert(expand(codes) == text)
end
print(#text, total, byte(text, -1))
