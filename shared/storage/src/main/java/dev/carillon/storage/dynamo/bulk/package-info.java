/** Operations over many items, and their rows. */
package dev.carillon.storage.dynamo.bulk;
