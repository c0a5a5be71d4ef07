/** What is brought in from Knock. */
package dev.carillon.project.knock;
