#!/bin/bash
# The embedding routes, with a tiny encoder of random weights.
. "$(dirname "$0")/../tap.sh"
. tests/server/lib.sh
command -v curl >/dev/null || { skip "the embedding routes" "curl is missing"; finish; }
make -s build/tests/make_tiny_model >/dev/null || exit 2
mkdir "$work/encoder"
build/tests/make_tiny_model "$work/encoder"
build/resume-scorer models pull own --from "$work/encoder" --precision f32 \
    --models "$work/models" >/dev/null 2>&1 || exit 2

printf '[model]\nname = own\nprecision = f32\n[server]\ninputs = 40\n' >"$work/x.ini"
start --models "$work/models" --config "$work/x.ini"
[ -n "$port" ]
ok $? "starts with a model"
# ask STATUS PATH JSON NAME [PATTERN]
ask() {
    get -H 'Content-Type: application/json' -d "$3" $url$2
    is "$code" "$1" "$4"
    [ $# -lt 5 ] || like "$(cat "$work/body")" "$5" "$4: the answer"
}
number='-?[0-9.]+(e-?[0-9]+)?'
row="\[$number(,$number){31}\]"
ask 200 /embed '{"inputs":"rust"}' "one text" "^\[$row\]\$"
cp "$work/body" "$work/rust"
for header in type time characters tokens; do
    like "$(cat "$work/head")" "^x-compute-$header: " "x-compute-$header"
done
for header in total tokenization queue inference; do
    like "$(cat "$work/head")" "^x-$header-time: [0-9]+" "x-$header-time"
done
ask 200 /embed '{"inputs":["rust","java c"]}' "two texts" "^\[$row,$row\]\$"
is "$(head -c 150 "$work/body")" "$(head -c 150 "$work/rust")" "the same vector beside another"
ask 200 /embed '{"inputs":[2,8,3]}' "token ids"
cmp -s "$work/body" "$work/rust"
ok $? "with the vector of their text"
ask 200 /embed '{"inputs":[[2,8,3],[2,9,3]]}' "lists of token ids" "^\[$row,$row\]\$"
ask 200 /embed '{"inputs":"rust","dimensions":2}' "two dimensions" "^\[\[$number,$number\]\]\$"
ask 422 /embed '{"inputs":"rust","dimensions":33}' "more than there are" 'from 1 to the model.s 32'
ask 200 /embed '{"inputs":"rust","normalize":false}' "not normalized" "^\[$row\]\$"
cmp -s "$work/body" "$work/rust"
is $? 1 "which is another vector"
many="c rust rust rust rust rust rust rust rust rust rust rust rust rust rust rust rust rust rust rust java"
ask 200 /embed "{\"inputs\":\"$many\"}" "a text that is too long" "^\[$row\]\$"
cp "$work/body" "$work/cut"
ask 200 /embed "{\"inputs\":\"$many\",\"truncation_direction\":\"Left\"}" "cut from the left" "^\[$row\]\$"
cmp -s "$work/body" "$work/cut"
is $? 1 "which is another vector"
long='Input validation error: `inputs` must have less than [0-9]+ tokens. Given: [0-9]+","error_type":"Validation"'
ask 422 /embed "{\"inputs\":\"$many\",\"truncate\":false}" "too long and not to be cut" "$long"
ask 422 /embed "{\"inputs\":\"$many\",\"truncate\":false,\"truncation_direction\":\"left\"}" "the same from the left" "$long"
ask 422 /embed '{"inputs":[2,8,8,8,8,8,8,8,8,8,8,8,8,8,8,8,8,8,8,8,8,3]}' "too many ids" "$long"
ask 422 /embed '{"inputs":[2,77,3]}' "an unknown id" '"error_type":"Validation"'
ask 400 /embed '{"inputs":[]}' "no inputs" '^\{"error":"`inputs` cannot be empty","error_type":"Empty"\}$'
ask 400 /embed '{"inputs":""}' "an empty text" '"error_type":"Empty"'
ask 400 /embed '{"inputs":[[]]}' "an empty list of ids" '"error_type":"Empty"'
ask 422 /embed '{"inputs":["rust",[2,3]]}' "texts and ids mixed" '"error_type":"Validation"'
ask 422 /embed '{"inputs":7}' "a number" '"error_type":"Validation"'
ask 422 /embed '{"inputs":"rust","prompt_name":"query"}' "a prompt" 'no prompts'
ask 422 /embed '{"inputs":"rust","truncation_direction":"Up"}' "another direction"
batch=$(printf '"rust",%.0s' $(seq 33))
ask 422 /embed "{\"inputs\":[${batch%,}]}" "33 inputs" '"batch size 33 > maximum allowed batch size 32"'

ask 200 /embed_all '{"inputs":["rust java"]}' "vectors of tokens" "^\[\[$row,$row,$row,$row\]\]\$"
ask 200 /embed_all '{"inputs":[[2,8,3],[2,3]]}' "of ids" "^\[\[$row,$row,$row\],\[$row,$row\]\]\$"
ask 422 /embed_all "{\"inputs\":\"$many\",\"truncate\":false}" "too long" "$long"
ask 200 /similarity '{"inputs":{"source_sentence":"rust","sentences":["rust","java"]}}' "similarity" "^\[$number,$number\]\$"
ask 422 /similarity '{"inputs":{"source_sentence":"rust"}}' "no sentences" 'sentences'
ask 200 /rerank '{"query":"rust","texts":["java","rust"],"return_text":true,"raw_scores":true}' "rerank" '^\[\{"index":1,"score":[0-9.]+,"text":"rust"\},\{"index":0,'
ask 200 /tokenize '{"inputs":"rust"}' "tokenize" '^\[\[\{"id":2,"text":"\[CLS\]","special":true,"start":null,"stop":null\},\{"id":8,"text":"rust","special":false,"start":0,"stop":4\}'
ask 200 /decode '{"ids":[2,8,3]}' "decode" '^\["rust"\]$'
ask 200 /v1/embeddings '{"input":"rust","encoding_format":"base64","user":"u"}' "base64" '^\{"object":"list","data":\[\{"object":"embedding","index":0,"embedding":"[A-Za-z0-9+/=]{172}"\}\],"model":"own","usage":\{"prompt_tokens":3,"total_tokens":3\}\}$'
ask 200 /embeddings '{"input":["rust","java"],"dimensions":4}' "embeddings" '"index":1,'
ask 422 /v1/embeddings '{"input":""}' "an empty input" '^\{"error":\{"message":"[^"]+","type":"invalid_request_error","param":null,"code":"empty"\}\}$'
ask 200 /v1/rerank '{"query":"rust","documents":["java","rust"],"top_n":1,"return_documents":true}' "rerank of documents" '^\{"object":"rerank","results":\[\{"index":1,"relevance_score":[0-9.]+,"document":"rust"\}\],"model":"own","usage"'
get $url/info
like "$(cat "$work/body")" '^\{"model_id":"own","model_sha":.*"model_dtype":"f32","served_model_name":"own","model_type":\{"embedding":\{"pooling":"mean"\}\},"max_concurrent_requests":40,"max_input_length":[0-9]+,"max_batch_tokens":[0-9]+,"max_batch_requests":1,"max_client_batch_size":32,"auto_truncate":true,"tokenization_workers":1,"version":"[0-9.]+","sha":null,"docker_label":null' "info"

# 40 inputs at the same time: of four requests with 32 each, some are turned
# away at once, and none is answered wrongly.
batch=$(printf "\"$many\",%.0s" $(seq 32))
for i in $(seq 60); do
    curl -s -o "$work/many.$i" -w '%{http_code}\n' -H 'Content-Type: application/json' -d "{\"inputs\":[${batch%,}],\"normalize\":false}" $url/embed >"$work/code.$i" &
done
for i in $(jobs -p | grep -v "^$server_pid$"); do wait "$i"; done
like "$(cat "$work"/code.* | sort | uniq -c | tr '\n' ' ')" '^ *[0-9]+ 200( +[0-9]+ 429)? *$' "60 requests at once: $(cat "$work"/code.* | sort | uniq -c | tr -s ' \n' ' ')"
is "$(grep -l 200 "$work"/code.* | sed 's/code/many/' | xargs md5sum | cut -d' ' -f1 | sort -u | wc -l)" 1 "those that were taken have one answer"
get $url/metrics
for name in te_request_count te_request_success; do
    like "$(cat "$work/body")" "^$name\{method=\"single\"\} [1-9]" "$name, single"
    like "$(cat "$work/body")" "^$name\{method=\"batch\"\} [1-9]" "$name, batch"
done
like "$(cat "$work/body")" '^te_request_failure\{err="validation"\} [1-9]' "te_request_failure"
for name in te_request te_embed; do
    for part in duration tokenization_duration queue_duration inference_duration; do
        is "$(grep -c "^${name}_${part}_bucket" "$work/body")" 36 "${name}_$part has 35 buckets and one for all"
    done
done
for name in te_request_input_length_count te_queue_size te_batch_next_size te_batch_next_tokens rsc_embedding_inputs; do
    like "$(cat "$work/body")" "^$name [0-9]+" "$name"
done
stop
is $? 0 "ends well"
finish
