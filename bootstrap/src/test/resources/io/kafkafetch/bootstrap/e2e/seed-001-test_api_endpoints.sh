#!/bin/bash

# Ensure jq is installed for JSON parsing
if ! command -v jq &> /dev/null
then
    echo "jq could not be found. Please install it to run this script."
    exit
fi

BASE_URL="http://localhost:8000/consumers"

echo "=== Creating a new consumer ==="
CREATE_RESPONSE=$(curl -s -X POST "$BASE_URL/" \
     -H "Content-Type: application/json" \
     -d '{
           "broker_ip": "192.168.0.10",
           "broker_port": 9092,
           "topic": "payments",
           "consumer_group": "payment_group",
           "auto_start": true,
           "processor_configs": [
             {
               "processor_type": "file_sink",
               "config": {
                 "file_path": "/var/log/payment_messages.log"
               }
             }
           ]
         }')

echo "Response:"
echo $CREATE_RESPONSE | jq

# Extract consumer_id from the response
CONSUMER_ID=$(echo $CREATE_RESPONSE | jq -r '.consumer_id')

if [ "$CONSUMER_ID" == "null" ] || [ -z "$CONSUMER_ID" ]; then
    echo "Failed to create consumer."
    exit 1
fi

echo "Created Consumer ID: $CONSUMER_ID"

echo "=== Listing all consumers ==="
curl -s -X GET "$BASE_URL/" \
     -H "Accept: application/json" | jq
echo ""

echo "=== Getting details of the created consumer ==="
curl -s -X GET "$BASE_URL/$CONSUMER_ID" \
     -H "Accept: application/json" | jq
echo ""

echo "=== Updating the consumer's broker IP and port ==="
UPDATE_RESPONSE=$(curl -s -X PUT "$BASE_URL/$CONSUMER_ID" \
     -H "Content-Type: application/json" \
     -d '{
           "broker_ip": "192.168.0.20",
           "broker_port": 9094
         }')

echo "Response:"
echo $UPDATE_RESPONSE | jq
echo ""

echo "=== Stopping the consumer ==="
STOP_RESPONSE=$(curl -s -X POST "$BASE_URL/$CONSUMER_ID/stop" \
     -H "Accept: application/json")

echo "Response:"
echo $STOP_RESPONSE | jq
echo ""

echo "=== Starting the consumer ==="
START_RESPONSE=$(curl -s -X POST "$BASE_URL/$CONSUMER_ID/start" \
     -H "Accept: application/json")

echo "Response:"
echo $START_RESPONSE | jq
echo ""

echo "=== Deleting the consumer ==="
DELETE_RESPONSE=$(curl -s -o /dev/null -w "%{http_code}" -X DELETE "$BASE_URL/$CONSUMER_ID" \
     -H "Accept: application/json")

echo "Response Code: $DELETE_RESPONSE"

if [ "$DELETE_RESPONSE" == "204" ]; then
    echo "Consumer deleted successfully."
else
    echo "Failed to delete consumer."
fi
