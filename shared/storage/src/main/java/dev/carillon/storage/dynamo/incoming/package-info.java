/** Sources and what came in by them, in the table. */
package dev.carillon.storage.dynamo.incoming;
