/** What pages ask of the workspaces of customers, and how one is connected. */
package dev.carillon.functions.delivery.workspaces;
