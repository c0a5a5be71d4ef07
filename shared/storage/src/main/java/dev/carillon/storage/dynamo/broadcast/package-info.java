/** Broadcasts in the table. */
package dev.carillon.storage.dynamo.broadcast;
