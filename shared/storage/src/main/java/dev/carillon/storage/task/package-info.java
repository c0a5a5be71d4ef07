/** Tasks as the bodies of queue messages. */
package dev.carillon.storage.task;
