/** Contents, their versions, and the commits that made them. */
package dev.carillon.storage.dynamo.content;
