/** Through which channel a message goes, and when. */
package dev.carillon.functions.delivery.choice;
