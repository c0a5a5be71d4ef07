/** Environments, their keys, channels and variables. */
package dev.carillon.storage.dynamo.environment;
