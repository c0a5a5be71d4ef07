/** Recipients, their subscriptions and the audiences they are in. */
package dev.carillon.storage.dynamo.recipient;
