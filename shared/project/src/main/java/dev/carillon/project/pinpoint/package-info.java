/** What is brought in from Amazon Pinpoint. */
package dev.carillon.project.pinpoint;
