/** The ports on one DynamoDB table. The layout of its keys is in {@link Keys}. */
package dev.carillon.storage.dynamo;
